"""One line of the table: python3 compare.py FILE OURS THEIRS; ends with 1 where the answers differ."""
import sys

name, ours, theirs = sys.argv[1:]
_, records, rejects, held, signs, size, took_s, peak_mb = ours.split("\t")
records, signs, took_s, mb = int(records), int(signs), float(took_s), int(size) / 1e6
line = f"{name:14} {mb:8.1f} {records:9} {mb / took_s:7.1f} {peak_mb:>5} {1e6 * took_s / max(records, 1) / 1e3:8.2f}"
if not theirs:
    print(line, " no tool could be installed")
    sys.exit(0)
tool, n, their_signs, their_s, their_mb = theirs.split("\t")
print(f"{line}  {tool:15} {mb / float(their_s):9.1f} {their_mb:>7} {float(their_s) / took_s:5.1f}x")
if int(n) != records or int(rejects) or abs(signs - int(their_signs)) > max(signs, int(their_signs)) / 100:
    print(f"  answers differ: {records} records ({rejects} rejects, {held} held) of {signs} bytes; {n} of {their_signs}")
    sys.exit(1)
