package dev.jawait.samples.docs;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import dev.jawait.ContextVar;
import dev.jawait.Coroutine;

@SuppressWarnings("try") // Javac would have the binding used.
public final class UserInContext {
    // begin
    static final ContextVar<String> USER = ContextVar.create("user");

    static Coroutine<String> greet(String word) {
        return async(() -> word + ", " + USER.get());
    }

    static void handleRequest() {
        try (ContextVar.Binding user = USER.set("Ada")) {
            System.out.println(await(gather(greet("hello"), greet("good-bye")))); // Tasks have it, too.
        }
    }
    // end

    public static void main(String[] args) {
        run(UserInContext::handleRequest);
    }
}
