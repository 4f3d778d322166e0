package dev.parley.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.Secret;
import dev.parley.hub.config.StaticKeyConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  private static final long NOW = 1_000;

  private static StoredKey stored(String name, String secret) {
    return new StoredKey(
        "id-" + name,
        KeyConfig.named(name),
        Fingerprint.of(secret),
        Optional.empty(),
        0,
        NOW - 1,
        0,
        1);
  }

  private static StaticKeyConfig given(String name, String secret) {
    return new StaticKeyConfig(
        KeyConfig.named(name), new Secret(secret), StaticKeyConfig.Source.CONFIGURATION);
  }

  private static Snapshot of(StoredKey... stored) {
    return Snapshot.of(List.of(given("given", "g"))).with(List.of(stored), 1);
  }

  @Test
  void pagesEndWithTheNameThatTheNextBeginsBehind() {
    Snapshot keys = of(stored("a", "1"), stored("b", "2"), stored("z", "3"));
    KeyPage first = keys.page("", 2, NOW);
    KeyPage second = keys.page("b", 2, NOW);
    assertThat(Stream.of(first, second).flatMap(page -> page.keys().stream()))
        .extracting(KnownKey::name)
        .containsExactly("a", "b", "given", "z");
    assertThat(first.next()).isEqualTo("b");
    assertThat(second.next()).isEmpty();
  }

  @Test
  void tellsTheNearestNameOfAKeyThatIsNotThere() {
    Snapshot keys = of(stored("audio", "1"));
    assertThat(keys.listed("audio", NOW).source()).isEqualTo(KnownKey.Source.DATABASE);
    assertThatThrownBy(() -> keys.listed("audoi", NOW))
        .isInstanceOfSatisfying(
            HubException.class,
            missing ->
                assertThat(missing.error())
                    .isEqualTo(
                        new HubError.NotFound(
                            HubError.NotFound.Kind.KEY, "audoi", Optional.of("audio"))));
  }

  @Test
  void theOperatorsKeyStandsBeforeOneOfTheDatabaseWithItsName() {
    Snapshot keys = of(stored("given", "1"), stored("other", "2"));
    assertThat(keys.isGiven("given")).isTrue();
    assertThat(keys.isGiven("other")).isFalse();
    assertThat(keys.listed("given", NOW).source()).isEqualTo(KnownKey.Source.CONFIGURATION);
  }

  @Test
  void aReplacedSecretIsGoodUntilItsOverlapEnds() {
    StoredKey rotated = stored("a", "old").rotated(Fingerprint.of("new"), Optional.of(NOW + 10));
    Snapshot keys = of(rotated);
    assertThat(keys.find("new", NOW + 10)).isInstanceOf(Finding.Good.class);
    assertThat(keys.find("old", NOW + 9)).isInstanceOf(Finding.Good.class);
    assertThat(keys.find("old", NOW + 10))
        .isEqualTo(new Finding.Bad("this key was replaced by a newer one"));
    assertThat(of(rotated.revoked(NOW)).find("new", NOW)).isInstanceOf(Finding.Bad.class);
  }

  @Test
  void isUnsureUntilTheDatabaseWasRead() {
    Snapshot unread = Snapshot.of(List.of());
    assertThat(unread.find("some", NOW)).isEqualTo(new Finding.Unsure());
    assertThat(unread.with(List.of(), 0).find("some", NOW))
        .isEqualTo(new Finding.Bad("this is no key of this hub"));
  }
}
