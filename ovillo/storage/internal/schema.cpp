// The tables of the three database files. A step that has shipped is never changed: a change is a
// new step at the end. Types and words are those that SQLite and PostgreSQL share (BLOB is bytea
// there): docs/formats/workspace.md.
#include "ovillo/storage/internal/database.hpp"

namespace ovillo::storage {

namespace {

constexpr const char* kWorkspaceSteps[] = {
    R"sql(
CREATE TABLE counter (
  name TEXT NOT NULL PRIMARY KEY,
  next BIGINT NOT NULL
);
CREATE TABLE compartment (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);
CREATE TABLE users (
  name TEXT NOT NULL PRIMARY KEY,
  is_owner INTEGER NOT NULL
);
CREATE TABLE grants (
  user_name TEXT NOT NULL,
  compartment BIGINT NOT NULL,
  PRIMARY KEY (user_name, compartment)
);
CREATE TABLE authorisation (
  id BIGINT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  valid_from_utc_s BIGINT NOT NULL,
  valid_to_utc_s BIGINT,
  sealed BLOB NOT NULL
);
CREATE TABLE source (
  id BIGINT NOT NULL PRIMARY KEY,
  compartment BIGINT NOT NULL,
  authorisation BIGINT NOT NULL,
  handling INTEGER NOT NULL,
  privileged INTEGER NOT NULL,
  review_at_utc_s BIGINT NOT NULL,
  sealed BLOB NOT NULL
);
CREATE TABLE import (
  grp BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source BIGINT NOT NULL,
  compartment BIGINT NOT NULL,
  at_utc_s BIGINT NOT NULL,
  merkle_root BLOB NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (grp, seq)
);
CREATE TABLE record_ids (
  grp BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  compartment BIGINT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (grp, seq)
);
CREATE INDEX record_ids_by_compartment ON record_ids (compartment, grp, seq);
CREATE TABLE block (
  kind INTEGER NOT NULL,
  grp BIGINT NOT NULL,
  part BIGINT NOT NULL,
  compartment BIGINT NOT NULL,
  source BIGINT NOT NULL,
  bucket BIGINT NOT NULL,
  n_rows BIGINT NOT NULL,
  version BIGINT NOT NULL,
  key_id BIGINT NOT NULL,
  sha256 BLOB NOT NULL,
  leaf BLOB,
  payload BLOB NOT NULL,
  PRIMARY KEY (kind, grp, part)
);
CREATE TABLE named_value (
  name TEXT NOT NULL PRIMARY KEY,
  sealed BLOB NOT NULL
);
)sql",
    R"sql(
ALTER TABLE users ADD COLUMN sealed BLOB;
ALTER TABLE grants ADD COLUMN until_utc_s BIGINT;
CREATE TABLE event (
  position BIGINT NOT NULL PRIMARY KEY,
  compartment BIGINT NOT NULL,
  bucket BIGINT NOT NULL,
  key_id BIGINT NOT NULL,
  at_utc_s BIGINT NOT NULL,
  sealed BLOB NOT NULL
);
CREATE INDEX event_by_compartment ON event (compartment, position);
)sql",
    R"sql(
CREATE TABLE derived_value (
  name TEXT NOT NULL PRIMARY KEY,
  scope TEXT NOT NULL,
  key_id BIGINT NOT NULL,
  sealed BLOB NOT NULL
);
CREATE TABLE tombstone (
  hash BLOB NOT NULL PRIMARY KEY,
  at_utc_s BIGINT NOT NULL
);
CREATE TABLE key_to_destroy (
  key_id BIGINT NOT NULL PRIMARY KEY
);
)sql",
};

constexpr const char* kKeySteps[] = {
    R"sql(
CREATE TABLE wrapped_key (
  id BIGINT NOT NULL PRIMARY KEY,
  compartment BIGINT NOT NULL,
  bucket BIGINT NOT NULL,
  wrapped BLOB NOT NULL
);
CREATE TABLE named_key (
  name TEXT NOT NULL PRIMARY KEY,
  wrapped BLOB NOT NULL
);
)sql",
    R"sql(
ALTER TABLE wrapped_key ADD COLUMN source BIGINT NOT NULL DEFAULT 0;
)sql",
};

constexpr const char* kAuditSteps[] = {
    R"sql(
CREATE TABLE audit_entry (
  position BIGINT NOT NULL PRIMARY KEY,
  sealed BLOB NOT NULL
);
CREATE TABLE audit_node (
  level INTEGER NOT NULL,
  position BIGINT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, position)
);
)sql",
};

}  // namespace

const Migrations kWorkspaceSchema{kWorkspaceSteps};
const Migrations kKeySchema{kKeySteps};
const Migrations kAuditSchema{kAuditSteps};

}  // namespace ovillo::storage
