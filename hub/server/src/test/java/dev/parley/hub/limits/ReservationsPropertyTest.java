package dev.parley.hub.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.Caller;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.QuotasConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever calls reserve and use, nothing is lost and nothing comes from nowhere. */
class ReservationsPropertyTest {

  private static final int KEY_TOKENS = 1_000;
  private static final int HUB_TOKENS = 1_500;

  private record Running(Reservation reservation, String key, int reserved) {}

  /** A number stands for a call that begins (its key and size) or for the end of a running one. */
  @Property(tries = 300)
  void balances(@ForAll @Size(max = 60) List<@IntRange(min = 0, max = 100_000) Integer> steps) {
    MovableClock clock = MovableClock.atNoon();
    QuotasConfig config =
        new Allowances.Of()
            .key(Allowances.of(Allowances.tokens(KEY_TOKENS, Duration.ofHours(1))))
            .hub(Allowances.of(Allowances.tokens(HUB_TOKENS, Duration.ofHours(1))))
            .in(new QuotasConfig.Store.Memory(), QuotasConfig.WhenAway.OPEN);
    try (Turnstile hub =
        new Turnstile(
            config,
            Optional.empty(),
            "hub",
            _ -> AllowanceConfig.UNLIMITED,
            SpentSoFar.NOTHING,
            clock)) {
      long[] left = {KEY_TOKENS, KEY_TOKENS};
      long all = HUB_TOKENS;
      List<Running> running = new ArrayList<>();
      for (int step : steps) {
        if (step % 3 != 0 || running.isEmpty()) {
          int key = step % 2;
          int size = 1 + step / 7 % 400;
          Reservation made =
              hub.reserve(Caller.ANYONE.withKey("k" + key), new Demand("m", size, 0, 0, 0, 0))
                  .handle((it, _) -> it)
                  .join();
          assertThat(made != null).isEqualTo(size <= left[key] && size <= all);
          if (made != null) {
            left[key] -= size;
            all -= size;
            running.add(new Running(made, "k" + key, size));
          }
        } else {
          Running over = running.remove(step % running.size());
          int used = step % 600;
          over.reservation().settle(new Demand("m", used, 0, 0, 0, 0));
          over.reservation().settle(new Demand("m", 99, 0, 0, 0, 0));
          left[over.key().equals("k0") ? 0 : 1] += over.reserved() - used;
          all += over.reserved() - used;
        }
        for (int key = 0; key < 2; key++) {
          long shown =
              hub.enter(Caller.ANYONE.withKey("k" + key))
                  .join()
                  .standing()
                  .tokens()
                  .orElseThrow()
                  .remaining();
          assertThat(shown).isEqualTo(Math.max(0, left[key]));
        }
      }
    }
  }
}
