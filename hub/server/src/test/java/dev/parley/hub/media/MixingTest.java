package dev.parley.hub.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixingTest {

  private final List<float[]> heard = new ArrayList<>();

  private final Sink last =
      new Sink() {
        @Override
        public void accept(float[][] planes, int frames) {
          for (float[] plane : planes) {
            heard.add(Arrays.copyOf(plane, frames));
          }
        }

        @Override
        public void end() {}

        @Override
        public void close() {}
      };

  @Test
  void oneChannelIsTheMeanOfAll() throws IOException {
    Mixing.between(3, 1, last).accept(new float[][] {{3, 0}, {6, 0}, {0, 3}}, 2);
    assertThat(heard).containsExactly(new float[] {3, 1});
  }

  @Test
  void oneChannelBecomesTheSameOnEach() throws IOException {
    Mixing.between(1, 2, last).accept(new float[][] {{1, 2, 9}}, 2);
    assertThat(heard).containsExactly(new float[] {1, 2}, new float[] {1, 2});
  }

  @Test
  void manyChannelsFoldOntoFewer() throws IOException {
    Mixing.between(4, 2, last).accept(new float[][] {{2}, {4}, {6}, {8}}, 1);
    assertThat(heard).containsExactly(new float[] {4}, new float[] {6});
  }

  @Test
  void doesNothingWhenNothingHasToBeDone() {
    assertThat(Mixing.between(2, 2, last)).isSameAs(last);
  }
}
