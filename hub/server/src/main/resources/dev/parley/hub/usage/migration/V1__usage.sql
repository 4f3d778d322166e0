-- One text for SQLite and PostgreSQL: only what both understand alike. Times are milliseconds since the Unix epoch,
-- days are days since then, UTC; money is millionths of the currency. Rows are added and, when old, deleted; never
-- changed.

CREATE TABLE usage_rows (
  -- Made by the hub and rising with time, so that rows are added at one end of the index.
  id                  VARCHAR(32)  NOT NULL PRIMARY KEY,
  at_millis           BIGINT       NOT NULL,
  day                 BIGINT       NOT NULL,
  request_id          TEXT         NOT NULL,
  key_name            TEXT         NOT NULL,
  owner               TEXT         NOT NULL,
  kind                TEXT         NOT NULL,
  streamed            INTEGER      NOT NULL,
  model               TEXT         NOT NULL,
  backend             TEXT         NOT NULL,
  backend_model       TEXT         NOT NULL,
  attempts            INTEGER      NOT NULL,
  input_tokens        BIGINT       NOT NULL,
  output_tokens       BIGINT       NOT NULL,
  cached_tokens       BIGINT       NOT NULL,
  reasoning_tokens    BIGINT       NOT NULL,
  audio_input_tokens  BIGINT       NOT NULL,
  audio_output_tokens BIGINT       NOT NULL,
  tokens_guessed      INTEGER      NOT NULL,
  audio_millis        BIGINT       NOT NULL,
  characters          BIGINT       NOT NULL,
  bytes               BIGINT       NOT NULL,
  -- Null where no byte of an answer came.
  first_byte_millis   BIGINT,
  duration_millis     BIGINT       NOT NULL,
  outcome             TEXT         NOT NULL,
  -- Null where nobody gave a price.
  cost_micros         BIGINT,
  currency            TEXT         NOT NULL,
  cache               TEXT         NOT NULL
);

CREATE INDEX usage_rows_by_day ON usage_rows (day);
