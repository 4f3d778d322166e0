package dev.parley.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Scope;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.AccessConfig;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.QuotaConfig;
import dev.parley.hub.config.QuotaUnit;
import dev.parley.hub.config.Secret;
import dev.parley.hub.config.StaticKeyConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for keys, wherever they are kept. */
abstract class KeysContract {

  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final KeyConfig WHOLE =
      new KeyConfig(
          "whole",
          "audio",
          Set.of("night", "lab"),
          Optional.of(Instant.ofEpochMilli(START_MILLIS + 90_000)),
          new Scope(
              List.of("gpt-*", "whisper"),
              Set.of(Capability.CHAT, Capability.TTS),
              Set.of("gpu"),
              Scope.Pinning.REFUSED),
          Priority.BATCH,
          KeyConfig.Role.ADMIN,
          new AllowanceConfig(
              List.of(
                  new QuotaConfig(QuotaUnit.REQUESTS, 600, Duration.ofMinutes(1)),
                  new QuotaConfig(QuotaUnit.TOKENS, 1_000_000, Duration.ofDays(1))),
              OptionalInt.of(4),
              OptionalLong.of(5_000_000),
              OptionalLong.empty()));

  @TempDir Path data;

  private final AtomicLong nowMillis = new AtomicLong(START_MILLIS);
  private final List<Keys> opened = new ArrayList<>();
  private Optional<DatabaseConfig> server = Optional.empty();

  /** A database without anything in it; empty: a file. */
  abstract Optional<DatabaseConfig> database();

  @BeforeEach
  void takeDatabase() {
    server = database();
  }

  @AfterEach
  void close() {
    opened.forEach(Keys::close);
  }

  private Keys open(AccessConfig access) {
    Clock clock =
        new Clock() {
          @Override
          public long nanoTime() {
            return nowMillis.get() * 1_000_000;
          }

          @Override
          public long epochMillis() {
            return nowMillis.get();
          }
        };
    Keys keys = Keys.open(access, server, data, clock, new SecureRandom());
    opened.add(keys);
    return keys;
  }

  private Keys open() {
    return open(AccessConfig.DEFAULT);
  }

  private static HubError error(CompletableFuture<?> failed) {
    Throwable thrown = catchThrowable(failed::join);
    assertThat(thrown).isInstanceOf(CompletionException.class);
    assertThat(thrown.getCause()).isInstanceOf(HubException.class);
    return Objects.requireNonNull((HubException) thrown.getCause()).error();
  }

  private static void within(Duration most, BooleanSupplier fact) {
    long start = System.nanoTime();
    while (!fact.getAsBoolean()) {
      assertThat(System.nanoTime() - start).isLessThan(most.toNanos());
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void keepsAllThatAKeyStandsForAndNothingToCallWith() throws Exception {
    NewSecret made = open().create(WHOLE).join();
    assertThat(made.secret().value()).matches("pk-[a-z0-9]{12}-[A-Za-z0-9_-]{43}");
    Keys other = open();
    assertThat(other.find(made.secret().value())).isEqualTo(new Finding.Good(WHOLE));
    assertThat(other.get("whole").join().config()).isEqualTo(WHOLE);
    if (server.isEmpty()) {
      try (var files = Files.list(data)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(
                  new String(
                      Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
              .doesNotContain(made.secret().value().substring(16));
        }
      }
    }
  }

  @Test
  void knowsNothingElse() {
    Keys keys = open();
    String secret = keys.create(KeyConfig.named("a")).join().secret().value();
    assertThat(keys.find(secret)).isInstanceOf(Finding.Good.class);
    for (String other :
        List.of("", secret + "x", secret.substring(1), secret.toUpperCase(Locale.ROOT), "pk-")) {
      assertThat(keys.find(other)).isEqualTo(new Finding.Bad("this is no key of this hub"));
    }
  }

  @Test
  void namesAreUniqueRevokedOnesIncluded() {
    StaticKeyConfig given =
        new StaticKeyConfig(
            KeyConfig.named("given"), new Secret("sk-given"), StaticKeyConfig.Source.CONFIGURATION);
    Keys keys = open(AccessConfig.DEFAULT.withKeys(List.of(given)));
    keys.create(KeyConfig.named("a")).join();
    keys.revoke("a").join();
    assertThat(error(keys.create(KeyConfig.named("a"))))
        .isEqualTo(new HubError.NameTaken("key", "a"));
    assertThat(error(keys.create(KeyConfig.named("given"))))
        .isEqualTo(new HubError.NameTaken("key", "given"));
    Keys other = open();
    assertThat(error(other.create(KeyConfig.named("a")))).isInstanceOf(HubError.NameTaken.class);
  }

  @Test
  void expiresByTheClock() {
    Keys keys = open();
    String secret = keys.create(WHOLE).join().secret().value();
    nowMillis.addAndGet(89_999);
    assertThat(keys.find(secret)).isInstanceOf(Finding.Good.class);
    nowMillis.addAndGet(1);
    assertThat(keys.find(secret))
        .isInstanceOfSatisfying(
            Finding.Bad.class, bad -> assertThat(bad.why()).startsWith("this key expired at"));
    assertThat(keys.any()).isTrue();
  }

  @Test
  void rotatesWithOverlap() {
    Keys keys = open();
    String first = keys.create(KeyConfig.named("a")).join().secret().value();
    String second = keys.rotate("a", Duration.ofHours(1)).join().secret().value();
    assertThat(second).isNotEqualTo(first);
    assertThat(keys.find(first)).isInstanceOf(Finding.Good.class);
    assertThat(keys.find(second)).isInstanceOf(Finding.Good.class);
    assertThat(keys.get("a").join().overlapEnd())
        .contains(Instant.ofEpochMilli(START_MILLIS + 3_600_000));
    nowMillis.addAndGet(3_600_000);
    assertThat(keys.find(first)).isEqualTo(new Finding.Bad("this key was replaced by a newer one"));
    assertThat(keys.find(second)).isInstanceOf(Finding.Good.class);
    String third = keys.rotate("a", Duration.ZERO).join().secret().value();
    assertThat(keys.find(second)).isInstanceOf(Finding.Bad.class);
    assertThat(keys.find(third)).isInstanceOf(Finding.Good.class);
    assertThat(error(keys.rotate("a", Duration.ofDays(32))))
        .isInstanceOf(HubError.InvalidRequest.class);
  }

  @Test
  void revokesForEver() {
    Keys keys = open();
    String first = keys.create(KeyConfig.named("a")).join().secret().value();
    String second = keys.rotate("a", Duration.ofHours(1)).join().secret().value();
    KnownKey gone = keys.revoke("a").join();
    assertThat(gone.revoked()).contains(Instant.ofEpochMilli(START_MILLIS));
    assertThat(keys.find(second)).isEqualTo(new Finding.Bad("this key was revoked"));
    assertThat(keys.find(first)).isInstanceOf(Finding.Bad.class);
    nowMillis.addAndGet(5_000);
    assertThat(keys.revoke("a").join().revoked()).isEqualTo(gone.revoked());
    assertThat(error(keys.rotate("a", Duration.ZERO))).isInstanceOf(HubError.InvalidRequest.class);
    assertThat(keys.any()).isFalse();
    assertThat(keys.ever()).isTrue();
  }

  @Test
  void changesWhatAKeyStandsForUnlessSomebodyElseWasFaster() {
    Keys keys = open();
    NewSecret made = keys.create(KeyConfig.named("whole")).join();
    KnownKey changed = keys.update(WHOLE, made.key().etag()).join();
    assertThat(changed.etag()).isNotEqualTo(made.key().etag());
    assertThat(keys.find(made.secret().value())).isEqualTo(new Finding.Good(WHOLE));
    assertThat(error(keys.update(KeyConfig.named("whole"), made.key().etag())))
        .isEqualTo(new HubError.EtagMismatch("key", "whole"));
    assertThat(error(keys.update(KeyConfig.named("whola"), "")))
        .isEqualTo(
            new HubError.NotFound(HubError.NotFound.Kind.KEY, "whola", Optional.of("whole")));
  }

  @Test
  void listsInPagesByName() {
    Keys keys = open();
    List.of("c", "a", "e", "b", "d").forEach(name -> keys.create(KeyConfig.named(name)).join());
    KeyPage first = keys.list("", 2).join();
    assertThat(first.keys()).extracting(KnownKey::name).containsExactly("a", "b");
    KeyPage second = keys.list(first.next(), 3).join();
    assertThat(second.keys()).extracting(KnownKey::name).containsExactly("c", "d", "e");
    assertThat(second.next()).isEmpty();
  }

  @Test
  void whatOneHubChangesHoldsOnTheOtherWithinASecond() {
    Keys one = open();
    Keys other = open();
    other.follow();
    String first = one.create(KeyConfig.named("a")).join().secret().value();
    within(Duration.ofSeconds(2), () -> other.find(first) instanceof Finding.Good);
    String second = one.rotate("a", Duration.ZERO).join().secret().value();
    within(Duration.ofSeconds(1), () -> other.find(second) instanceof Finding.Good);
    assertThat(other.find(first)).isInstanceOf(Finding.Bad.class);
    one.revoke("a").join();
    within(Duration.ofSeconds(1), () -> other.find(second) instanceof Finding.Bad);
  }

  @Test
  void manyKeysMadeAtOnceAreAllKnown() {
    Keys one = open();
    one.create(KeyConfig.named("first")).join();
    Keys other = open();
    List<CompletableFuture<NewSecret>> making = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      making.add((i % 2 == 0 ? one : other).create(KeyConfig.named("key-" + i)));
    }
    List<String> secrets = making.stream().map(made -> made.join().secret().value()).toList();
    one.list("", 1).join();
    other.list("", 1).join();
    assertThat(secrets)
        .allMatch(secret -> one.find(secret) instanceof Finding.Good)
        .allMatch(secret -> other.find(secret) instanceof Finding.Good);
  }

  @Test
  void keysOfTheConfigurationChangeWithIt() {
    StaticKeyConfig given =
        new StaticKeyConfig(
            KeyConfig.named("given"), new Secret("sk-given"), StaticKeyConfig.Source.ENVIRONMENT);
    Keys keys = open();
    assertThat(keys.any()).isFalse();
    keys.apply(AccessConfig.DEFAULT.withKeys(List.of(given)));
    assertThat(keys.any()).isTrue();
    assertThat(keys.find("sk-given")).isEqualTo(new Finding.Good(KeyConfig.named("given")));
    assertThat(keys.get("given").join().source()).isEqualTo(KnownKey.Source.ENVIRONMENT);
    assertThat(error(keys.revoke("given"))).isInstanceOf(HubError.InvalidRequest.class);
    keys.apply(AccessConfig.DEFAULT);
    assertThat(keys.find("sk-given")).isInstanceOf(Finding.Bad.class);
    assertThat(keys.any()).isFalse();
  }
}
