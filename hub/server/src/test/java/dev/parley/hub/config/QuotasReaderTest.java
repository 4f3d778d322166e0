package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits as they are written. */
class QuotasReaderTest {

  private static final String QUOTA =
      " (expected: an amount and a period such as 600/1m, the amount within 1..1000000000000, the"
          + " period within 1s..744h, at most 1000000 a second)";

  private static QuotasConfig limits(String yaml) throws ConfigException {
    return Configs.parse("limits:\n" + yaml.indent(2)).own().limits();
  }

  @Test
  void limitsNobodyButWrongKeysUnlessTold() throws ConfigException {
    QuotasConfig limits = Configs.parse("backends: []").own().limits();
    assertThat(limits).isEqualTo(QuotasConfig.DEFAULT);
    assertThat(limits.whenAway()).isEqualTo(QuotasConfig.WhenAway.OPEN);
    assertThat(limits.hub().isUnlimited()).isTrue();
    assertThat(limits.failures().map(QuotaConfig::text)).contains("30/60s");
  }

  @Test
  void readsEveryKey() throws ConfigException {
    QuotasConfig limits =
        limits(
            """
            store: redis
            redis: { url: 'rediss://cache:6380/2', user: parley, password: s3cret }
            away_after: 1s
            when_away: closed
            hub: { requests: 1000/1s, streams: 500 }
            key: { requests: [600/1m, 20000/1d], tokens: 100000/1m, audio_seconds: 3600/1h, characters: 50000/1h }
            owners: { sales: { budget: { day: 5, month: 100.5 } } }
            models: { whisper: { requests: 2/1s } }
            address: 600/1m
            failures: 10/2m
            """);
    assertThat(limits.store())
        .isEqualTo(
            new QuotasConfig.Store.Redis(
                "rediss://cache:6380/2", Optional.of("parley"), Optional.of(new Secret("s3cret"))));
    assertThat(limits.awayAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(limits.whenAway()).isEqualTo(QuotasConfig.WhenAway.CLOSED);
    assertThat(limits.hub().streams()).isEqualTo(OptionalInt.of(500));
    assertThat(limits.key().quotas())
        .containsExactly(
            new QuotaConfig(QuotaUnit.REQUESTS, 600, Duration.ofMinutes(1)),
            new QuotaConfig(QuotaUnit.REQUESTS, 20_000, Duration.ofDays(1)),
            new QuotaConfig(QuotaUnit.TOKENS, 100_000, Duration.ofMinutes(1)),
            new QuotaConfig(QuotaUnit.AUDIO_SECONDS, 3_600, Duration.ofHours(1)),
            new QuotaConfig(QuotaUnit.CHARACTERS, 50_000, Duration.ofHours(1)));
    AllowanceConfig sales = Objects.requireNonNull(limits.owners().get("sales"));
    assertThat(sales.dayBudget()).isEqualTo(OptionalLong.of(5_000_000));
    assertThat(sales.monthBudget()).isEqualTo(OptionalLong.of(100_500_000));
    AllowanceConfig whisper = Objects.requireNonNull(limits.models().get("whisper"));
    assertThat(whisper.quotas())
        .containsExactly(new QuotaConfig(QuotaUnit.REQUESTS, 2, Duration.ofSeconds(1)));
    assertThat(limits.address().map(QuotaConfig::text)).contains("600/60s");
    assertThat(limits.failures().map(QuotaConfig::text)).contains("10/2m");
  }

  @Test
  void readsTheDatabaseAsAStoreOnlyWhereThereIsOne() throws ConfigException {
    assertThat(
            Configs.parse("limits: { store: database }\ndatabase: { url: 'jdbc:postgresql://h/p' }")
                .own()
                .limits()
                .store())
        .isEqualTo(new QuotasConfig.Store.Database());
    assertThat(Configs.problems("limits: { store: database }"))
        .containsExactly(
            "hub.yaml:1 limits.store: \"database\" (expected: database.url given, or another"
                + " store)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0/1m",
        "10",
        "10/",
        "/1m",
        "-1/1m",
        "10/1w",
        "10/500ms",
        "10/32d",
        "1.5/1m",
        "10 / 1m",
        "99999999999999/1m",
        "1000001/1s",
        "''"
      })
  void refusesWhatIsNoQuota(String text) {
    assertThat(Configs.problems("limits: { key: { requests: " + text + " } }"))
        .containsExactly(
            "hub.yaml:1 limits.key.requests: \"" + text.replace("'", "") + "\"" + QUOTA);
  }

  @Test
  void namesWhatIsAllowed() {
    assertThat(
            Configs.problems(
                """
                limits:
                  store: reddis
                  away_after: 10ms
                  when_away: fail
                  key: { request: 1/1m }
                  hub: { streams: 0, budget: { week: 1 } }
                  adress: 1/1m
                """))
        .containsExactly(
            "hub.yaml:2 limits.store: \"reddis\" (nearest: redis; expected: one of memory, redis,"
                + " database)",
            "hub.yaml:3 limits.away_after: \"10ms\" (expected: a duration such as 900ms, within 50ms..10s)",
            "hub.yaml:4 limits.when_away: \"fail\" (expected: one of open, closed)",
            "hub.yaml:5 limits.key.request: unknown key (nearest: requests; known: requests,"
                + " tokens, audio_seconds, characters, streams, budget)",
            "hub.yaml:6 limits.hub.budget.week: unknown key (known: day, month)",
            "hub.yaml:6 limits.hub.streams: \"0\" (expected: a whole number within 1..100000)",
            "hub.yaml:7 limits.adress: unknown key (nearest: address; known: store, redis,"
                + " away_after, when_away, hub, key, owners, models, address, failures)");
  }

  @Test
  void neverShowsAUrlThatMayHoldAPassword() {
    String problems =
        Configs.problems(
                "limits: { store: redis, redis: { url: 'redis://me:s3cret@h', password: 'a\tb' } }")
            .toString();
    assertThat(problems).contains("limits.redis.url: (hidden)").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "redis, limits.redis: missing",
    "memory, limits.redis: given while limits.store is memory"
  })
  void wantsRedisToBeSaidOnceAndWhereItIsUsed(String store, String problem) {
    String redis = store.equals("redis") ? "" : ", redis: { url: 'redis://h' }";
    assertThat(Configs.problems("limits: { store: " + store + redis + " }").getFirst())
        .contains(problem);
  }

  @Test
  void printsWhatHoldsAndWhereItComesFrom() throws ConfigException {
    HubConfig config =
        Configs.parse(
            """
            limits:
              key: { requests: [600/1m, 9/1s], budget: { day: 5 } }
              models: { m: { requests: 2/1s } }
            """);
    assertThat(ConfigPrinter.lines(config))
        .contains(
            "limits.store = memory (default)",
            "limits.away_after = 250ms (default)",
            "limits.when_away = open (default)",
            "limits.key.requests = 600/60s, 9/1s (hub.yaml:2)",
            "limits.key.budget.day = 5 (hub.yaml:2)",
            "limits.models.m.requests = 2/1s (hub.yaml:3)",
            "limits.address = no limit (default)",
            "limits.failures = 30/60s (default)");
    assertThat(
            ConfigPrinter.lines(
                Configs.parse(
                    "limits: { store: redis, redis: { url: 'redis://h', password: s3cret } }")))
        .contains("limits.redis.password = *** (hub.yaml:1)");
  }

  @Test
  void knowsNoStreamsOfAModel() {
    assertThat(Configs.problems("limits: { models: { m: { streams: 2 } } }"))
        .containsExactly(
            "hub.yaml:1 limits.models.m.streams: unknown key (known: requests, tokens,"
                + " audio_seconds, characters, budget)");
  }

  @Test
  void warnsOfALimitOfANameThatIsNotThere() throws ConfigException {
    HubConfig config =
        Configs.parse(
            """
            backends: [{ id: b, type: vllm, base_url: 'http://b', models: [{ id: qwen3 }] }]
            limits: { models: { qwen: { requests: 2/1s }, qwen3: { requests: 2/1s } } }
            """);
    assertThat(RouteAdvice.of(config).stream().map(Advice::toString))
        .containsExactly(
            "hub.yaml:2 limits.models.qwen: no effect, as no model of this name is configured;"
                + " nearest: qwen3");
  }

  @ParameterizedTest
  @CsvSource({
    "900ms, PT0.9S",
    "1d, PT24H",
    "31d, PT744H",
    "2h, PT2H",
    "999999999999h, PT999999999999H"
  })
  void readsDurationsOfAllUnits(String text, Duration duration) {
    assertThat(DurationText.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "d", "1", "1 d", "1w", "-1d", "1.5h", "9999999999d", "1D"})
  void refusesWhatIsNoDuration(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }
}
