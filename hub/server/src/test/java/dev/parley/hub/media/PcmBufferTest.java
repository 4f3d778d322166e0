package dev.parley.hub.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PcmBufferTest {

  @Test
  void roundsAndClips() {
    PcmBuffer pcm = new PcmBuffer(0);
    pcm.add(new float[] {0, 0.5f, -1, 1, 7, -7, 9}, 6);
    assertThat(pcm.samples()).isEqualTo(6);
    int[] whole = new int[6];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = pcm.sample(i);
    }
    assertThat(whole).containsExactly(0, 16_384, -32_768, 32_767, 32_767, -32_768);
    float[] read = new float[2];
    pcm.read(1, read, 2);
    assertThat(read).containsExactly(0.5f, -1);
  }

  @Test
  void growsAndLetsGoAtTheFront() {
    PcmBuffer pcm = new PcmBuffer(4);
    float[] ramp = new float[1_000];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i / 32_768f;
    }
    pcm.add(ramp, 1_000);
    pcm.dropFirst(990);
    pcm.add(ramp, 3);
    assertThat(pcm.samples()).isEqualTo(13);
    assertThat(pcm.sample(9)).isEqualTo(999);
    assertThat(pcm.sample(12)).isEqualTo(2);
    byte[] file = new byte[5];
    assertThat(pcm.copy(9, 2, file, 1)).isEqualTo(5);
    assertThat(file).containsExactly(0, 999 & 0xff, 999 >> 8, 0, 0);
    pcm.clear();
    assertThat(pcm.samples()).isZero();
  }
}
