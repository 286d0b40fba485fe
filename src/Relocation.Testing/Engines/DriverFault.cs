namespace Relocation.Testing.Engines;

/// <summary>What an exception of a driver means.</summary>
/// <param name="Fault">Why the database did not do what it was asked.</param>
/// <param name="Code">The database's own code, where it has answered.</param>
/// <param name="Cause">The same in words, as the end of a sentence without its full stop. It holds no values of rows.</param>
/// <param name="Advice">What to do, in whole sentences.</param>
internal sealed record DriverFault(DatabaseFault Fault, string? Code, string Cause, string Advice)
{
    /// <summary>Whether neither the backup nor the schema is at fault.</summary>
    internal bool IsEnvironment => Fault != DatabaseFault.Refused;

    /// <summary>Whether another session is in the way, so that the same call may succeed when that has ended.</summary>
    internal bool IsContention => Fault is DatabaseFault.Locked or DatabaseFault.Deadlock;
}
