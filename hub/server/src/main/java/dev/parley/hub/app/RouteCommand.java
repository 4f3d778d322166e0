package dev.parley.hub.app;

import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.core.model.Traits;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.resilience.Vitals;
import dev.parley.hub.routing.Plan;
import dev.parley.hub.routing.Router;
import java.util.ArrayList;
import java.util.List;

/** {@code parley route --dry-run}. */
final class RouteCommand implements Command {

  private static final Option DRY_RUN =
      new Option("dry-run", "", "only look; nothing is sent, and so this must be given");

  /** The same question gets the same answer, as no other calls run that could be spread. */
  private static final double LOT = 0.5;

  @Override
  public String name() {
    return "route";
  }

  @Override
  public String summary() {
    return "show where a call would go, and why";
  }

  @Override
  public String lesson() {
    return """
    Asks the backends how they are and plans a call that nobody makes: which targets it would
    try, in which order and for what reason, and which not. What a running hub has learned of
    its backends is not known here; send it a call with the header x-parley-dry-run: true.

      parley route --dry-run assistant --input image --tokens 20000
      parley route --dry-run whisper --capability stt --size 12MiB --language de
    """;
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(List.of(DRY_RUN));
    options.addAll(RouteQuestion.options());
    options.add(Option.CONFIG);
    return options;
  }

  @Override
  public int wordsMax() {
    return 1;
  }

  @Override
  public int run(Arguments arguments, Shell shell)
      throws UsageException, ConfigException, InterruptedException {
    if (!arguments.has(DRY_RUN)) {
      throw new UsageException("route only looks so far: add --dry-run");
    }
    Traits traits = RouteQuestion.of(arguments);
    HubConfig config = Setup.readOrDiscover(arguments, shell);
    try (BackendAssembly backends = BackendAssembly.of(config)) {
      backends.registry().refresh().join();
      Plan plan =
          Router.plan(
              traits,
              backends.registry().snapshot(),
              (backend, _) -> Vitals.fresh(backend.concurrency()),
              LOT);
      show(plan, shell);
      return Exit.FINE;
    } catch (HubException e) {
      shell.err().println("parley: " + Shown.line(ErrorMapper.view(e.error()).message()));
      return Exit.FAILED;
    }
  }

  private static void show(Plan plan, Shell shell) {
    Table table = new Table("#", "TARGET", "ROLE", "REASON");
    int place = 1;
    for (Plan.Step step : plan.chosen()) {
      table.row(
          String.valueOf(place++),
          Shown.line(step.target().toString()),
          step.role().wireName(),
          Shown.line(step.reason()));
    }
    table.lines().forEach(shell.out()::println);
    if (!plan.passedOver().isEmpty()) {
      Table others = new Table("PASSED OVER", "REASON");
      for (Plan.Rejection rejection : plan.passedOver()) {
        others.row(Shown.line(rejection.target().toString()), Shown.line(rejection.reason()));
      }
      shell.out().println();
      others.lines().forEach(shell.out()::println);
    }
  }
}
