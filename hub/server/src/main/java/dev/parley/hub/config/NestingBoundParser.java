package dev.parley.hub.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/** Stops a document that nests too deep, before the library's recursion does. */
final class NestingBoundParser implements Parser {

  private final Parser delegate;
  private final int depthMax;
  private int depth;

  NestingBoundParser(Parser delegate, int depthMax) {
    this.delegate = delegate;
    this.depthMax = depthMax;
  }

  @Override
  public Event next() {
    Event event = delegate.next();
    switch (event.getEventId()) {
      case MappingStart, SequenceStart -> depth++;
      case MappingEnd, SequenceEnd -> depth--;
      case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {}
    }
    if (depth > depthMax) {
      throw new ParserException(
          "",
          Optional.empty(),
          "lists and maps are nested deeper than " + depthMax,
          event.getStartMark());
    }
    return event;
  }

  @Override
  public boolean hasNext() {
    return delegate.hasNext();
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return delegate.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return delegate.peekEvent();
  }
}
