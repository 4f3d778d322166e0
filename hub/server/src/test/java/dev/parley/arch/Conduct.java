package dev.parley.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What nobody may do, wherever he may look, below one root package. */
final class Conduct {

  private static final Pattern TIME_NOW =
      Pattern.compile("java\\.time\\.(Instant|Year|YearMonth|(Local|Zoned|Offset)\\w+)");
  private static final Map<Class<?>, Set<String>> WAITS =
      Map.of(
          Thread.class, Set.of("sleep", "join", "onSpinWait"),
          Future.class,
              Set.of("get", "join", "sync", "await", "awaitUninterruptibly", "syncUninterruptibly"),
          BlockingQueue.class, Set.of("take", "put"),
          CountDownLatch.class, Set.of("await"),
          Condition.class, Set.of("await", "awaitNanos", "awaitUntil", "awaitUninterruptibly"),
          Semaphore.class, Set.of("acquire", "acquireUninterruptibly"),
          ExecutorService.class, Set.of("awaitTermination", "invokeAll", "invokeAny", "close"));

  private final String root;

  Conduct(String root) {
    this.root = root;
  }

  List<HouseRule> rules() {
    return List.of(
        new HouseRule(
            "only core.time reads the clock",
            noClasses()
                .that(outside("core.time"))
                .should()
                .callCodeUnitWhere(call("reads the clock", Conduct::readsClock)),
            "TelemetryReadsClock"),
        new HouseRule(
            "code of the event loops never waits",
            noClasses()
                .that(
                    inside("hub.edge", "hub.dispatch", "hub.resilience", "hub.routing", "adapters"))
                .should()
                .callCodeUnitWhere(call("waits", Conduct::waits)),
            "DispatchSleeps"),
        new HouseRule(
            "routing does no I/O",
            noClasses()
                .that(inside("hub.routing"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    "java.io..",
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "com.linecorp.armeria..",
                    "io.netty.."),
            "RoutingReadsFiles"),
        new HouseRule(
            "only edge.error builds gRPC statuses",
            noClasses()
                .that(outside("hub.edge.error"))
                .should()
                .callCodeUnitWhere(call("builds a gRPC status", Conduct::buildsStatus)),
            "EdgeBuildsStatus"),
        new HouseRule(
            "only edge.error spells OpenAI's error types",
            classes()
                .that(inside("hub"))
                .and(outside("hub.edge.error"))
                .should(new SpellNone(Set.of("invalid_request_error", "server_error"))),
            "EdgeSpellsError"),
        new HouseRule(
            "names tell the thing, not its part in a pattern",
            noClasses()
                .that(outside("proto"))
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Processor)"),
            "CallManager"));
  }

  private static boolean readsClock(CodeUnitCallTarget target) {
    String owner = target.getOwner().getName();
    return switch (target.getName()) {
      case "nanoTime", "currentTimeMillis" -> owner.equals("java.lang.System");
      case "now" -> TIME_NOW.matcher(owner).matches();
      case "systemUTC", "systemDefaultZone", "system", "tickSeconds" ->
          owner.equals("java.time.Clock") || owner.equals("java.time.InstantSource");
      case "<init>" ->
          owner.equals(Date.class.getName()) && target.getRawParameterTypes().isEmpty();
      default -> false;
    };
  }

  private static boolean waits(CodeUnitCallTarget target) {
    if (target.getName().equals("wait") && target.getOwner().isEquivalentTo(Object.class)) {
      return true;
    }
    return WAITS.entrySet().stream()
        .anyMatch(known ->
            known.getValue().contains(target.getName())
                && target.getOwner().isAssignableTo(known.getKey()));
  }

  /**
   * Reading a status, its code or its description is everyone's; making one is not. A cause stays
   * on this side of the wire, so to drop or to attach one makes no other status for the caller.
   */
  private static boolean buildsStatus(CodeUnitCallTarget target) {
    return switch (target.getOwner().getName()) {
      case "io.grpc.Status" ->
          !Set.of("getCode", "getDescription", "getCause", "isOk", "withCause")
              .contains(target.getName());
      case "io.grpc.StatusException", "io.grpc.StatusRuntimeException" ->
          target.getName().equals("<init>");
      case "io.grpc.protobuf.StatusProto" ->
          !Set.of("fromThrowable", "fromStatusAndTrailers").contains(target.getName());
      default -> false;
    };
  }

  private interface Target {
    boolean matches(CodeUnitCallTarget target);
  }

  private static DescribedPredicate<JavaCall<?>> call(String what, Target target) {
    return new DescribedPredicate<>(what) {
      @Override
      public boolean test(JavaCall<?> call) {
        return target.matches(call.getTarget());
      }
    };
  }

  private DescribedPredicate<JavaClass> inside(String... packages) {
    return JavaClass.Predicates.resideInAnyPackage(below(packages));
  }

  private DescribedPredicate<JavaClass> outside(String... packages) {
    return JavaClass.Predicates.resideOutsideOfPackages(below(packages));
  }

  private String[] below(String... packages) {
    return Stream.of(packages).map(name -> root + "." + name + "..").toArray(String[]::new);
  }
}
