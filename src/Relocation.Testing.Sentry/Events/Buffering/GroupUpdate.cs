using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Rows;

namespace Relocation.Testing.Sentry.Events.Buffering;

/// <summary>What events of an existing group change of it: the values of the last one, and how many there were.</summary>
internal sealed record GroupUpdate
{
    private const double ScoreFactor = 600;

    internal required DateTimeOffset LastSeen { get; init; }

    /// <summary>An earlier first sighting, or null.</summary>
    internal DateTimeOffset? FirstSeen { get; init; }

    /// <summary>Another message, or null.</summary>
    internal string? Message { get; init; }

    /// <summary>Another level, or null.</summary>
    internal int? Level { get; init; }

    /// <summary>Another culprit, or null.</summary>
    internal string? Culprit { get; init; }

    /// <summary>What the group then holds of its events.</summary>
    internal required JsonObject Data { get; init; }

    internal long Times { get; init; } = 1;

    /// <summary>Both, with what the later one sets; counts are added up.</summary>
    internal GroupUpdate Then(GroupUpdate later) => later with
    {
        FirstSeen = later.FirstSeen ?? FirstSeen,
        Message = later.Message ?? Message,
        Level = later.Level ?? Level,
        Culprit = later.Culprit ?? Culprit,
        Times = Times + later.Times,
    };

    internal void ApplyTo(GroupRow group)
    {
        group.IsSeen |= LastSeen != group.LastSeen;
        group.HasOtherLevel |= FirstSeen is not null || Level is not null;
        group.LastSeen = LastSeen;
        group.FirstSeen = FirstSeen ?? group.FirstSeen;
        group.Message = Message ?? group.Message;
        group.Level = Level ?? group.Level;
        group.Culprit = Culprit ?? group.Culprit;
        group.Data = Data;
        group.TimesSeen += Times;
        group.Score = ScoreOf(group.TimesSeen, LastSeen, Math.Log10);
        group.IsChanged = true;
    }

    /// <summary>Sentry's own score, with the logarithm that the place uses: another one for new groups than for updates.</summary>
    internal static long ScoreOf(long timesSeen, DateTimeOffset lastSeen, Func<double, double> logarithm) =>
        (long)Math.Clamp((logarithm(Math.Max(timesSeen, 1)) * ScoreFactor) + lastSeen.ToUnixTimeSeconds(), int.MinValue, int.MaxValue);
}
