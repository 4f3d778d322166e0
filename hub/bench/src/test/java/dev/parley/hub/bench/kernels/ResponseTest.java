package dev.parley.hub.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.gpu.resample.Profile;
import dev.parley.hub.bench.kernels.RateChange.Pair;
import org.junit.jupiter.api.Test;

class ResponseTest {

  @Test
  void takingEveryThirdSampleIsFlatAndAliasesInFull() {
    RateChange careless =
        new RateChange(
            48_000,
            16_000,
            (in, _, _) -> {
              float[] out = new float[in.length / 3];
              for (int i = 0; i < out.length; i++) {
                out[i] = in[3 * i];
              }
              return out;
            });
    Response response = Response.of(careless);
    assertThat(response.rippleDb()).isLessThan(1e-9);
    assertThat(response.stopDb(1)).isCloseTo(0, within(1e-9));
    assertThat(careless.aliasDb()).isCloseTo(0, within(0.2));
  }

  @Test
  void aGoodOneIsFlatThenGone() {
    Response response = Response.of(RateChange.ours(new Pair(48_000, 16_000), Profile.HQ));
    assertThat(response.rippleDb()).isLessThan(0.001);
    assertThat(response.edge(3)).isBetween(0.95, 1.0);
    assertThat(response.stopDb(1)).isLessThan(-120);
  }

  @Test
  void pairsAreNamedInKilohertz() {
    assertThat(new Pair(44_100, 16_000)).hasToString("44.1>16");
    assertThat(new Pair(8_000, 48_000)).hasToString("8>48");
  }
}
