using System.Globalization;

namespace Relocation.Testing.Engines;

/// <content>Sentences about whom we wait for, and the ends of waiting.</content>
/// <summary>The messages about waiting for others: what is wrong, where, what to do.</summary>
internal static class WaitErrors
{
    /// <param name="what">What is waited for, as the end of a sentence without its full stop.</param>
    /// <param name="limit">How long at most.</param>
    internal static string Waiting(string what, TimeSpan limit) => $"Waiting for {what}, {Duration(limit)} at most.";

    /// <summary>The end of waiting for a lock.</summary>
    /// <param name="what">What was waited for, as the end of a sentence without its full stop.</param>
    /// <param name="waited">How long.</param>
    /// <param name="code">The database's own code, where it has answered.</param>
    /// <param name="advice">What to do, in whole sentences.</param>
    /// <param name="cause">What the driver threw, or null.</param>
    internal static KnownFaultException WaitedTooLong(string what, TimeSpan waited, string? code, string advice, Exception? cause) => new(
        new DriverFault(DatabaseFault.Locked, code, $"it waited {Duration(waited)} for {what}", advice), cause);

    /// <summary>What to do where another process held what processes share for too long.</summary>
    internal static string EndHolder() => "Let it come to its end or end it, or wait longer (TestDatabaseOptions.WaitLimit).";

    /// <summary>A time as people say it: <c>45 s</c>, <c>5 min</c>, <c>1 h 30 min</c>.</summary>
    internal static string Duration(TimeSpan time)
    {
        var seconds = (long)Math.Round(time.TotalSeconds, MidpointRounding.AwayFromZero);
        return seconds switch
        {
            0 when time > TimeSpan.Zero => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F0} ms"),
            < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
            < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min{(seconds % 60 > 0 ? $" {seconds % 60} s" : string.Empty)}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h{(seconds / 60 % 60 > 0 ? $" {seconds / 60 % 60} min" : string.Empty)}"),
        };
    }
}
