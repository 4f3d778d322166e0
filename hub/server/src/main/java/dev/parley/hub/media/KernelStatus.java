package dev.parley.hub.media;

import dev.parley.gpu.device.RuntimeStatus;
import java.util.List;

/**
 * What of the hub's own kernels is in memory and where it runs.
 *
 * @param runtime name and version of what computes networks
 * @param device {@code cpu} or {@code cuda:N}
 * @param note why it is not the device that was configured; empty when it is
 * @param networks the loaded networks
 * @param detectors names of the detectors that are ready
 * @param denoisers names of the denoisers that are ready
 */
public record KernelStatus(
    String runtime,
    String device,
    String note,
    List<Network> networks,
    List<String> detectors,
    List<String> denoisers) {

  /**
   * A loaded network.
   *
   * @param bytes size of its file
   * @param runs how often it ran
   * @param rows signals that were advanced in those runs, all together
   */
  public record Network(String name, String device, long bytes, long runs, long rows) {}

  static KernelStatus of(RuntimeStatus status, List<String> detectors, List<String> denoisers) {
    return new KernelStatus(
        status.runtime(),
        status.device().toString(),
        status.note(),
        status.models().stream()
            .map(model ->
                new Network(
                    model.name(),
                    model.device().toString(),
                    model.bytes(),
                    model.runs(),
                    model.rows()))
            .toList(),
        detectors,
        denoisers);
  }
}
