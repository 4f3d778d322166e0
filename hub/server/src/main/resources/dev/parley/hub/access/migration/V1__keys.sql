-- One text for SQLite and PostgreSQL: only what both understand alike. Times are milliseconds since the Unix epoch.

CREATE TABLE access_keys (
  id               VARCHAR(64) NOT NULL PRIMARY KEY,
  name             TEXT        NOT NULL UNIQUE,
  -- SHA-256 of what callers show, in hexadecimal; never the secret itself.
  secret_sha256    VARCHAR(64) NOT NULL,
  -- That of the secret before, good until the moment beside it; empty and 0 where there is none.
  former_sha256    VARCHAR(64) NOT NULL,
  former_until     BIGINT      NOT NULL,
  -- What the key stands for.
  grants_json      TEXT        NOT NULL,
  created_millis   BIGINT      NOT NULL,
  -- 0 while it is good.
  revoked_millis   BIGINT      NOT NULL,
  -- The change that it was last part of.
  version          BIGINT      NOT NULL
);

CREATE INDEX access_keys_by_version ON access_keys (version);

-- One row, which every change counts up first: hubs see by it that there is something new, and changes stand in a row.
CREATE TABLE access_changes (
  id      INTEGER NOT NULL PRIMARY KEY,
  version BIGINT  NOT NULL
);

INSERT INTO access_changes (id, version) VALUES (1, 0);
