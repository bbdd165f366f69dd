package dev.grove.dm1.exchange;

/** A habit of one kind of device that the specification does not foresee. Each has a test of its name. */
public enum Quirk {
    /** The server's messages bear the {@code MsgID} of the message they answer ([MS-MDM §2.2.3.6]). */
    ECHOES_MSG_ID,
    /**
     * The device reports that it could not parse the last answer by a Status 500 with {@code MsgRef} 0 and
     * {@code CmdRef} 0, in that session or in the next.
     */
    REPORTS_UNREADABLE_ANSWERS,
    /**
     * The device cannot send a result in chunks and aborts (Alert 1223) when one is longer than a message
     * ([MS-MDM §7, note 7]): what was to be read then gets 413, or it would be asked for in every session anew.
     */
    ABORTS_INSTEAD_OF_CHUNKING,
    /** The same Results may come twice; the first counts. */
    REPEATS_RESULTS,
    /** Exec may stand in Atomic: certificate enrolment is documented so. */
    EXEC_IN_ATOMIC,
    /**
     * The device writes no {@code Meta} where it could: not in its header, not for DevInfo, and only the {@code Type}
     * for client events ([MS-MDM §4]).
     */
    SPARSE_META,
    /** A Status of the device that is no success bears an HRESULT, {@code msft:originalerror} ([MS-MDM §2.2.6.1]). */
    ORIGINAL_ERROR
}
