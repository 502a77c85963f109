package dev.pgtrickle.cli.stress.process;

/** Kills the postmaster and all its backends, then starts it again on what they left. */
public record ServerCrash(Application application) {

  public void happen() {
    application
        .outages()
        .during(() -> {
          application.database().server().kill9();
          application.database().server().start();
        });
  }
}
