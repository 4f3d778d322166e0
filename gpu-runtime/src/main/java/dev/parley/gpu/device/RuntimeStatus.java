package dev.parley.gpu.device;

import java.util.List;

/**
 * What a runtime holds at one moment, for people who operate it.
 *
 * @param runtime name and version of what computes
 * @param device where networks go
 * @param note why it is not the device that was wished for; empty when it is
 * @param models the loaded networks in the order of loading
 */
public record RuntimeStatus(String runtime, Device device, String note, List<Loaded> models) {

  public RuntimeStatus {
    models = List.copyOf(models);
  }

  /**
   * A loaded network.
   *
   * @param bytes size of its file
   * @param runs how often it ran
   * @param rows streams that took part in those runs, all together; {@code rows / runs} is the mean
   *     batch
   */
  public record Loaded(String name, Device device, long bytes, long runs, long rows) {}
}
