using Relocation.Testing.Resetting;

namespace Relocation.Testing.Engines;

/// <content>Messages about databases that did not do what they were asked.</content>
/// <summary>The messages about faults of databases and their drivers: what is wrong, where, what to do.</summary>
internal static class FaultErrors
{
    /// <param name="engine">The engine.</param>
    /// <param name="what">What was not done and how things stand, as a sentence without its full stop.</param>
    /// <param name="fault">Why.</param>
    /// <param name="cause">The driver's exception, or what holds it; null where the driver was not asked.</param>
    internal static DatabaseException DatabaseFailed(DatabaseEngine engine, string what, DriverFault fault, Exception? cause) =>
        DatabaseFailed(engine.CodeName, what, fault, cause);

    internal static DatabaseException DatabaseFailed(string codeName, string what, DriverFault fault, Exception? cause)
    {
        var code = fault.Code is null ? string.Empty : $" ({codeName} {fault.Code})";
        return new DatabaseException($"{what}: {fault.Cause}{code}. {fault.Advice}", fault.Fault, fault.Code, cause);
    }

    internal static string NotImported(string backup, int committedChunks) => committedChunks switch
    {
        0 => $"Backup '{backup}' was not imported, and the database is as it was",
        1 => $"Backup '{backup}' was imported in part: 1 chunk is committed and stays. The import went no further",
        _ => $"Backup '{backup}' was imported in part: {committedChunks} chunks are committed and stay. The import went no further",
    };

    internal static string PerhapsImported(string backup) =>
        $"It is not known whether backup '{backup}' was imported, wholly or not at all: look before importing it again. This happened at the commit";

    /// <param name="backup">The backup.</param>
    /// <param name="committedChunks">How many chunks are committed for certain.</param>
    internal static string PerhapsCommitted(string backup, int committedChunks) =>
        $"It is not known how far backup '{backup}' was imported: {committedChunks} or {committedChunks + 1} chunks are committed and stay. Give the same call "
        + "again, which finds out and goes on from there. This happened at a commit";

    internal static string NotExported() => "The database was not exported";

    internal static string NotOpened() => "The test database could not be opened";

    internal static string NotMade() => "The test database could not be made";

    internal static string NotCopied() => "The test database could not be copied for a test";

    internal static string NotRemoved() => "The test database could not be closed and removed; the next start of a test process removes what is left";

    /// <summary>What is said where a database of the user's cannot be rid of what noted its changes.</summary>
    internal static string NotesStay(string database, DriverFault fault) =>
        $"The triggers and tables that noted changes could not be taken out of the test database ({database}): {fault.Cause}. They stay, and the next "
        + "test database that is made there removes them.";

    internal static string SchemaNotMade() => "The tables of the test database could not be made";

    internal static string NotSeeded() => "The seed of the test database failed";

    internal static string NotReset(ResetTo to) => to == ResetTo.Empty
        ? "The database could not be emptied, and is as it was"
        : "The database could not be put back to its baseline, and is as it was";

    /// <summary>That a connection still works, where the database says more than that it is in use.</summary>
    internal static string DatabaseInUseBecause(DriverFault fault) => fault.Code is { } code
        ? $"{fault.Cause} ({code}): {ResetErrors.DatabaseInUse}"
        : $"{fault.Cause}: {ResetErrors.DatabaseInUse}";
}
