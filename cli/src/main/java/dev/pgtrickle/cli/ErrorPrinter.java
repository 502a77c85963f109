package dev.pgtrickle.cli;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Errors in one line on standard error: code, what, where, what to do. A stack trace only when the
 * variable PGTRICKLE_STACKTRACE asks for it.
 */
final class ErrorPrinter implements IExecutionExceptionHandler, IParameterExceptionHandler {
  static final String STACK_TRACE_VARIABLE = "PGTRICKLE_STACKTRACE";

  /** A URL at the wrong place of the command line would else be shown with its password. */
  private static final Pattern CREDENTIALS = Pattern.compile("://(?!user:password@)[^\\s']*@");

  private final Map<String, String> environment;

  ErrorPrinter(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String message =
        CREDENTIALS
            .matcher(String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " "))
            .replaceAll("://...@");
    err.println(message + " - see " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCodes.USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    // It speaks of this machine and its programs, whose own words take more than a line.
    if (failure instanceof TestbedException machine) {
      err.println(machine.getMessage());
      printStackTrace(failure, err);
      return ExitCodes.FAILED;
    }
    TrickleException error = typed(failure);
    err.println(error.oneLine());
    printStackTrace(failure, err);
    return error.code() == ErrorCode.INVALID_MANIFEST ? ExitCodes.USAGE : ExitCodes.FAILED;
  }

  private void printStackTrace(Exception failure, PrintWriter err) {
    if (environment.containsKey(STACK_TRACE_VARIABLE)) {
      failure.printStackTrace(err);
    }
    err.flush();
  }

  private static TrickleException typed(Exception failure) {
    return switch (failure) {
      case TrickleException typed -> typed;
      case SQLException refused -> SqlErrors.translate(refused, "running the command");
      case InterruptedException _ ->
          TrickleException.of(ErrorCode.TIMEOUT, "stopped before the end", "run it again");
      default ->
          TrickleException.of(
              ErrorCode.INTERNAL,
              "a defect of trickle: " + failure,
              "set " + STACK_TRACE_VARIABLE + "=1, run it again and report what it prints");
    };
  }
}
