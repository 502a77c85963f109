package dev.pgtrickle.engine.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Stands between the engine and its server, and writes down what the server answers. */
final class RecordingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int port;
  private final List<Conversation> conversations = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();

  RecordingProxy(int port) throws IOException {
    this.port = port;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The answers of each connection, one for each time that the client waited for one. */
  synchronized List<List<String>> answers() {
    return conversations.stream().map(Conversation::answers).toList();
  }

  /** What was answered until now is of no interest. */
  synchronized void forget() {
    conversations.forEach(Conversation::forget);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Conversation conversation = new Conversation();
        synchronized (this) {
          conversations.add(conversation);
          sockets.addAll(List.of(client, server));
        }
        Thread.ofVirtual().start(() -> pass(client, server, _ -> conversation.asked()));
        Thread.ofVirtual().start(() -> pass(server, client, conversation::answered));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private interface Witness {
    void saw(String text);
  }

  private static void pass(Socket from, Socket to, Witness witness) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
        witness.saw(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        output.write(buffer, 0, length);
        output.flush();
      }
    } catch (IOException closed) {
      // One side has left.
    }
  }

  @Override
  public synchronized void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Conversation {
    private final List<StringBuilder> answers = new ArrayList<>();
    private boolean asked = true;

    synchronized void asked() {
      asked = true;
    }

    synchronized void answered(String text) {
      if (asked) {
        answers.add(new StringBuilder());
        asked = false;
      }
      answers.getLast().append(text);
    }

    synchronized List<String> answers() {
      return answers.stream().map(StringBuilder::toString).toList();
    }

    synchronized void forget() {
      answers.clear();
      asked = true;
    }
  }
}
