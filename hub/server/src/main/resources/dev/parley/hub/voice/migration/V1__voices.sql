-- One text for SQLite and PostgreSQL: only what both understand alike. Times are milliseconds since the Unix epoch.

CREATE TABLE voices (
  id             VARCHAR(64)  NOT NULL PRIMARY KEY,
  name           TEXT         NOT NULL,
  -- The name as it is compared: no two voices share it.
  name_key       TEXT         NOT NULL UNIQUE,
  languages_json TEXT         NOT NULL,
  labels_json    TEXT         NOT NULL,
  extra_json     TEXT         NOT NULL,
  created_millis BIGINT       NOT NULL,
  etag           VARCHAR(64)  NOT NULL,
  content_key    VARCHAR(64)  NOT NULL
);

CREATE INDEX voices_by_content ON voices (content_key);

CREATE TABLE voice_references (
  id              VARCHAR(64)      NOT NULL PRIMARY KEY,
  voice_id        VARCHAR(64)      NOT NULL REFERENCES voices (id) ON DELETE CASCADE,
  position        INTEGER          NOT NULL,
  sha256          VARCHAR(64)      NOT NULL,
  seconds         DOUBLE PRECISION NOT NULL,
  sample_rate_hz  INTEGER          NOT NULL,
  transcript      TEXT             NOT NULL,
  speech_seconds  DOUBLE PRECISION NOT NULL,
  loudness_lufs   DOUBLE PRECISION NOT NULL,
  snr_db          DOUBLE PRECISION NOT NULL,
  clipped_ratio   DOUBLE PRECISION NOT NULL,
  -- What the bytes were declared to be, which headerless sound cannot be read without.
  format          VARCHAR(32)      NOT NULL,
  format_rate_hz  INTEGER          NOT NULL,
  format_channels INTEGER          NOT NULL,
  UNIQUE (voice_id, position)
);

CREATE INDEX voice_references_by_content ON voice_references (sha256);

CREATE TABLE voice_placements (
  content_key VARCHAR(64)  NOT NULL,
  backend     TEXT         NOT NULL,
  name        TEXT         NOT NULL,
  PRIMARY KEY (content_key, backend)
);

-- What was answered to requests that carried an idempotency key.
CREATE TABLE voice_answers (
  idempotency_key VARCHAR(255) NOT NULL PRIMARY KEY,
  request_sha256  VARCHAR(64)  NOT NULL,
  voice_json      TEXT         NOT NULL,
  created_millis  BIGINT       NOT NULL
);

CREATE INDEX voice_answers_by_age ON voice_answers (created_millis);
