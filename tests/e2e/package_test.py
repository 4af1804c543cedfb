"""The Debian package: what it installs works from where it lies, and its unit gives nothing away."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from ovillo_cli import BINARY

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXPOSURE = 20  # in tenths, as systemd-analyze counts: 100 is exposed


@unittest.skipUnless(shutil.which("dpkg-shlibdeps"), "no dpkg-dev")
class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.kept.name)
        made = subprocess.run([ROOT / "tools/make_package.sh", BINARY, cls.folder], capture_output=True, text=True, check=True)
        cls.package = pathlib.Path(made.stdout.split()[-1])
        cls.root = cls.folder / "root"
        subprocess.run(["dpkg-deb", "-x", cls.package, cls.root], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.kept.cleanup()

    def field(self, name):
        return subprocess.run(["dpkg-deb", "-f", self.package, name], capture_output=True, text=True, check=True).stdout.strip()

    def test_the_installed_program_does_its_work_with_the_installed_data(self):
        program = self.root / "usr/bin/ovillo"
        (self.folder / "a.csv").write_text("id,text\n1,bel +44 7700 900123\n")
        done = subprocess.run([program, "extract", "a.csv", "--text", "text"], cwd=self.folder, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
        self.assertIn("+447700900123", done.stdout, done.stderr)
        self.assertEqual(self.field("Architecture"), subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True).stdout.strip())
        for needed in ("libsodium23", "libsqlite3-0", "libpq5"):
            self.assertIn(needed, self.field("Depends"))
        sums = subprocess.run(["md5sum", "--quiet", "-c", "-"], cwd=self.root, input=subprocess.run(
            f"dpkg-deb --ctrl-tarfile {self.package} | tar -xO ./md5sums", shell=True, capture_output=True, check=True).stdout)
        self.assertEqual(sums.returncode, 0)
        for file in self.root.rglob("*"):
            self.assertFalse(file.stat().st_mode & 0o022, file)  # nobody but root may change what is installed

    def test_the_same_tree_gives_the_same_bytes(self):
        first = self.package.read_bytes()
        subprocess.run([ROOT / "tools/make_package.sh", BINARY, self.folder], capture_output=True, check=True)
        self.assertEqual(self.package.read_bytes(), first)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd-analyze")
    def test_the_unit_is_sound_and_shut_in(self):
        unit = self.root / "lib/systemd/system/ovillo.service"
        judged = subprocess.run(["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", unit], capture_output=True, text=True)
        self.assertEqual(judged.returncode, 0, judged.stdout[-200:] + judged.stderr)


if __name__ == "__main__":
    unittest.main()
