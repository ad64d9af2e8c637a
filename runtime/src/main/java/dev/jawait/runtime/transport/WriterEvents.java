package dev.jawait.runtime.transport;

/** Hears how the sending of a request goes; on the channel's loop. */
interface WriterEvents {
    /** The system has taken some more. */
    void writing();

    /** The system has taken the last byte. */
    void written();

    /** What the body is made of has failed; it was not sent in whole. */
    void bodyFailed(Throwable cause);
}
