package dev.pgtrickle.e2e.operator;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Kills a process when it comes to a point in its code. It looks through the debugger's interface,
 * so that what is killed is the program as it is shipped: it has no switch for this.
 */
final class Assassin {
  private final VirtualMachine machine;
  private final FaultPoint point;
  private final OperatorProcess victim;
  private final CountDownLatch done = new CountDownLatch(1);

  private Assassin(VirtualMachine machine, FaultPoint point, OperatorProcess victim) {
    this.machine = machine;
    this.point = point;
    this.victim = victim;
  }

  /** The option with which a process can be looked into. */
  static String option(int port) {
    return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
  }

  /** Lies in wait from now on. */
  static Assassin waitAt(FaultPoint point, OperatorProcess victim, int port) {
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(candidate -> candidate.name().equals("com.sun.jdi.SocketAttach"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    arguments.get("hostname").setValue("127.0.0.1");
    arguments.get("port").setValue(String.valueOf(port));
    try {
      Assassin assassin = new Assassin(connector.attach(arguments), point, victim);
      assassin.prepare();
      Thread.ofPlatform().daemon().name("assassin").start(assassin::watch);
      return assassin;
    } catch (IOException | IllegalConnectorArgumentsException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Whether it has struck. */
  boolean await(int seconds) {
    try {
      return done.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void prepare() {
    ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
    prepared.addClassFilter(point.className());
    prepared.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    prepared.enable();
    machine.classesByName(point.className()).forEach(this::breakAt);
  }

  private void breakAt(ReferenceType type) {
    for (Method method : type.methods()) {
      if (method.name().startsWith(point.methodName()) && method.location() != null) {
        BreakpointRequest request =
            machine.eventRequestManager().createBreakpointRequest(method.location());
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.enable();
      }
    }
  }

  private void watch() {
    try {
      while (true) {
        EventSet events = machine.eventQueue().remove();
        for (Event event : events) {
          if (event instanceof ClassPrepareEvent prepared) {
            breakAt(prepared.referenceType());
          } else if (event instanceof BreakpointEvent hit && isMeant(hit)) {
            victim.kill();
            done.countDown();
            return;
          }
        }
        events.resume();
      }
    } catch (VMDisconnectedException ended) {
      // The process ended by itself: whoever waits for the strike will say so.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isMeant(BreakpointEvent hit) {
    if (point.argument().isEmpty()) {
      return true;
    }
    try {
      Value first = hit.thread().frame(0).getArgumentValues().getFirst();
      return first instanceof ObjectReference constant
          && constant.getValue(constant.referenceType().fieldByName("name"))
              instanceof StringReference name
          && name.value().equals(point.argument().get());
    } catch (IncompatibleThreadStateException failure) {
      throw new AssertionError(failure);
    }
  }
}
