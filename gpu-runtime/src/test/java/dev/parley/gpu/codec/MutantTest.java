package dev.parley.gpu.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged files end in samples or in a refusal, and leave nothing behind. */
class MutantTest {

  private static final int ROUNDS = 4;
  private static final long GROWTH_KIB_MAX = 24 << 10;
  private static final int MUTANTS = 60;
  private static final DecodeLimits LIMITS = new DecodeLimits(8, 192_000, 60, 1 << 16, 1 << 20);

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(NativeIo.openCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_ANY,
      names = {"WAV|FLAC|MP3|.*_OPUS|.*AAC.*"})
  @Timeout(60)
  void damageIsToldOrPassedOver(Encoding encoding) throws Exception {
    int rate = AudioEncoder.rateFor(encoding, 16_000);
    byte[] file = Sound.tones(1, rate, rate / 2).encoded(encoding);
    for (int seed = 0; seed < MUTANTS; seed++) {
      byte[] mutant = Mutant.of(file, seed);
      ByteInput in =
          seed % 2 == 0 ? ByteInput.of(mutant) : ByteInput.of(new ByteArrayInputStream(mutant));
      try (AudioDecoder decoder = AudioDecoder.open(in, Optional.empty(), LIMITS)) {
        Sound sound = Sound.rest(decoder, 2_000);
        for (float[] plane : sound.planes()) {
          for (float sample : plane) {
            assertThat(sample >= -256 && sample <= 256).isTrue();
          }
        }
      } catch (UnsupportedAudioException e) {
        assertThat(e).message().isNotBlank();
      }
    }
  }

  /**
   * Two thousand of each; what they leak would be tens of megabytes in every round. The heap of the
   * machine that runs this grows, too, but not in all of them.
   */
  @Test
  void openingAndClosingKeepsNoMemory() throws Exception {
    byte[] whole = Sound.tones(1, 16_000, 1_600).encoded(Encoding.OGG_OPUS);
    byte[] broken = Arrays.copyOf(whole, whole.length / 3);
    cycle(whole, broken, 200);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least >= GROWTH_KIB_MAX; round++) {
      long before = residentKib();
      cycle(whole, broken, 2_000);
      least = Math.min(least, residentKib() - before);
    }
    assertThat(least).as("least growth of a round in KiB").isLessThan(GROWTH_KIB_MAX);
  }

  private static void cycle(byte[] whole, byte[] broken, int times) throws Exception {
    float[][] planes = new float[1][960];
    for (int i = 0; i < times; i++) {
      try (AudioDecoder decoder =
          AudioDecoder.open(ByteInput.of(i % 2 == 0 ? whole : broken), Optional.empty(), LIMITS)) {
        assertThat(decoder.read(planes)).isPositive();
      } catch (UnsupportedAudioException e) {
        assertThat(i % 2).isEqualTo(1);
      }
      try (AudioEncoder encoder =
          AudioEncoder.open(new Format(Encoding.MP4_AAC, 48_000, 1), (_, _, _) -> {})) {
        encoder.write(planes, 0, 960);
      }
    }
  }

  /** Memory of this process; zero where the system does not tell. */
  private static long residentKib() throws Exception {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    String line =
        Files.readAllLines(status).stream()
            .filter(l -> l.startsWith("VmRSS:"))
            .findFirst()
            .orElse("0");
    return Long.parseLong(line.replaceAll("\\D", ""));
  }
}
