package dev.jawait.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests with a session as it comes, on which no connection may be in use in the end. */
@Timeout(60)
@ExtendWith(NothingLeft.class)
abstract class SessionFixture {
    final ClientSession session = ClientSession.create();

    @AfterEach
    void nothingIsInUse() throws InterruptedException {
        Waiting.until("nothing in use", () -> session.connector().stats().inUse() == 0);
        session.close();
        assertEquals(0, session.connector().stats().open());
    }
}
