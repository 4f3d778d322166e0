package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.usage.UsageTotal;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageTableTest {

  private static UsageTotal calls(long foreign) {
    return new UsageTotal(
        List.of("lab"), 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, foreign, 10, 0, 0, 0);
  }

  @Test
  void saysWhatTellsTheCurrencyWhereNoFileDid() {
    assertThat(UsageTable.notes(calls(2), new UsageTable.Currency("USD", false)))
        .containsExactly(
            "2 calls with a price in another currency than USD, in no sum of costs;"
                + " the hub's file would tell its currency: --config FILE");
  }

  @Test
  void saysNoMoreWhereAFileToldTheCurrency() {
    assertThat(UsageTable.notes(calls(2), new UsageTable.Currency("USD", true)))
        .containsExactly("2 calls with a price in another currency than USD, in no sum of costs");
    assertThat(UsageTable.notes(calls(0), new UsageTable.Currency("USD", false))).isEmpty();
  }
}
