package dev.jawait.samples.docs;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static dev.jawait.Async.scope;

import dev.jawait.http.ClientSession;
import dev.jawait.sync.Lock;

public final class ManyResources {
    public static void main(String[] args) {
        Lock lock = Lock.create();
        run(() -> {
            String text = await(scope(scope -> {
                ClientSession session = scope.closing(ClientSession.create()); // anything AutoCloseable
                scope.defer(() -> System.out.println("locked: " + lock.isLocked()));
                await(scope.enter(lock)); // any AsyncResource
                scope.defer(() -> System.out.println("last come, first served; locked: " + lock.isLocked()));
                return await(session.get(args[0]).text());
            }));
            System.out.println(text);
        });
    }
}
