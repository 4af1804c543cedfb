#!/usr/bin/env python3
"""Splink on DuckDB, one thread, with the settings of its own demonstrations: id,entity on standard output.

  splink_rival.py SET FILE ID
"""
import sys

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

KINDS = {
    "febrl3": dict(
        comparisons=[
            cl.NameComparison("given_name"), cl.NameComparison("surname"),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
        blocking=[block_on("soc_sec_id"), block_on("given_name"), block_on("surname"), block_on("date_of_birth"), block_on("postcode")],
        train=[block_on("date_of_birth"), block_on("postcode")],
        sure=[block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")],
    ),
    "historical": dict(
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        blocking=[
            block_on("substr(first_name,1,3)", "substr(surname,1,4)"), block_on("surname", "dob"), block_on("first_name", "dob"),
            block_on("postcode_fake", "first_name"), block_on("postcode_fake", "surname"), block_on("dob", "birth_place"),
            block_on("substr(postcode_fake,1,3)", "dob"), block_on("substr(postcode_fake,1,3)", "first_name"),
            block_on("substr(postcode_fake,1,3)", "surname"), block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
        ],
        train=[block_on("first_name", "surname"), block_on("dob")],
        sure=[block_on("first_name", "surname", "dob"), block_on("substr(first_name,1,2)", "surname", "substr(postcode_fake,1,2)"),
              block_on("dob", "postcode_fake")],
    ),
    "million": dict(
        comparisons=[
            cl.NameComparison("first_name"), cl.NameComparison("surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True), cl.ExactMatch("phone"),
            cl.PostcodeComparison("postcode"),
        ],
        blocking=[block_on("surname", "dob"), block_on("first_name", "dob"), block_on("phone"), block_on("postcode", "surname"),
                  block_on("postcode", "first_name"), block_on("postcode", "dob"), block_on("first_name", "surname", "substr(dob,1,4)")],
        train=[block_on("first_name", "surname"), block_on("dob", "surname")],
        sure=[block_on("first_name", "surname", "dob"), block_on("phone", "surname")],
    ),
}


def main() -> None:
    name, file, id_column = sys.argv[1:]
    kind = KINDS[name]
    connection = duckdb.connect()
    connection.execute("set threads to 1")
    connection.execute(f"create table people as select * from read_csv('{file}', all_varchar=true)")
    linker = Linker(
        "people",
        SettingsCreator(link_type="dedupe_only", unique_id_column_name=id_column, comparisons=kind["comparisons"],
                        blocking_rules_to_generate_predictions=kind["blocking"]),
        DuckDBAPI(connection=connection))
    linker.training.estimate_probability_two_random_records_match(kind["sure"], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in kind["train"]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.95)
    print("id,entity")
    for entity, row in connection.execute(f'select cluster_id, "{id_column}" from {clusters.physical_name}').fetchall():
        print(f"{row},{entity}")


main()
