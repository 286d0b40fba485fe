using System.Globalization;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Databases;

/// <content>Messages about leases: what tests leave, and how databases are replaced.</content>
/// <summary>The messages about leases of databases: what is wrong, where, what to do.</summary>
internal static class LeaseErrors
{
    /// <param name="test">The test.</param>
    /// <param name="leftover">The end of a sentence that begins with it.</param>
    /// <param name="isReplaced">Whether the database is thrown away.</param>
    internal static string Left(string test, string leftover, bool isReplaced) =>
        $"Test '{test}' {leftover}. {(isReplaced ? "Its database is thrown away, and the next test gets another one." : "Its rows are put back before the next test.")}";

    internal static LeftoversException TestLeft(IReadOnlyList<string> leftovers) => new(string.Join(Environment.NewLine, leftovers), leftovers);

    /// <param name="tests">The tests that had databases when their process ended.</param>
    internal static string LeftByEnded(IReadOnlyList<string> tests)
    {
        const int Most = 64;
        var named = string.Join(", ", tests.Take(Most).Select(test => $"'{test}'"));
        var more = tests.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {tests.Count - Most} more") : string.Empty;
        return $"A process ended while tests had databases, which are removed: {named}{more}. One of them may have ended it.";
    }

    internal static string Disposed => "has disposed its database, which belongs to its lease";

    internal static string Unfinished => "ran out of time and may still write";

    /// <param name="test">The test that is to have the new one.</param>
    /// <param name="last">The test that had the old one, or null.</param>
    /// <param name="reason">Why it was replaced, in sentences.</param>
    internal static string Replaced(string test, string? last, string reason) => last is null
        ? $"Test '{test}' has a new database, since the other one was no longer at its baseline. {reason}"
        : $"Test '{test}' has a new database, since test '{last}' had the other one before and has spoiled it. {reason}";

    /// <param name="reason">Why, in sentences.</param>
    internal static string MadeAnew(string reason) => $"The baseline is made anew. {reason}";

    /// <param name="last">The test that had it before, or null.</param>
    /// <param name="cause">Why it cannot be put back.</param>
    internal static ResetException NotPutBack(string? last, ResetException cause) => last is null
        ? cause
        : new ResetException($"{cause.Message} Test '{last}' had it before.", cause);

    internal static string NoOtherDatabase(string? last) => last is null
        ? "The only database was spoiled."
        : $"Test '{last}' has spoiled the only database.";

    internal static string ServerIsAway(DriverFault fault) => $"Waiting for the server: {fault.Cause}.";

    internal static string ServerIsFull => "Waiting for a connection to make a test database: the server has none left.";

    internal static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString(time < TimeSpan.FromSeconds(10) ? "0.#" : "0", CultureInfo.InvariantCulture) + " s";
}
