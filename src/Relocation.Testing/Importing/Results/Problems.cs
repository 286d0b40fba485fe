using System.Text;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing.Results;

/// <summary>What is wrong with the records of one import: all are counted, the first ten are kept with their places.</summary>
internal sealed class Problems(BackupContent content, bool includeValues)
{
    private const int Kept = 10;
    private const int LongestValue = 100;

    private readonly List<(BackupProblemKind Kind, string Message, PlaceRequest Place)> _kept = [];
    private Exception? _cause;

    internal long Count { get; private set; }

    /// <summary>How many chunks are committed and stay, whatever is wrong with later ones.</summary>
    internal int CommittedChunks { get; set; }

    internal void Add(BackupProblemKind kind, string message, PlaceRequest place, Exception? cause = null)
    {
        Count++;
        _cause ??= cause;
        if (_kept.Count < Kept)
        {
            _kept.Add((kind, message, place));
        }
    }

    /// <summary>The key, unless it is text and values were not asked for.</summary>
    internal RecordKey? Shown(RecordKey key) =>
        includeValues || key.Parts.All(part => part.Kind != RecordKeyKind.Text) ? key : null;

    /// <summary>The message, followed by the value when values were asked for.</summary>
    internal string WithValue(string message, ReadOnlySpan<byte> value)
    {
        if (!includeValues)
        {
            return message;
        }

        var text = Encoding.UTF8.GetString(value[..Math.Min(value.Length, LongestValue)]);
        return $"{message} The value is '{text}'{(value.Length > LongestValue ? " and goes on" : string.Empty)}.";
    }

    /// <summary>Throws when anything was added.</summary>
    internal async Task ThrowIfAnyAsync(CancellationToken cancellationToken)
    {
        if (Count == 0)
        {
            return;
        }

        var places = await PlaceFinder.FindAsync(content, [.. _kept.Select(problem => problem.Place)], cancellationToken)
            .ConfigureAwait(false);
        var problems = _kept.Zip(places, (problem, place) => new BackupProblem(problem.Kind, problem.Message, place)).ToList();
        throw ImportErrors.ImportRefused(content.Name, problems, Count, _cause, CommittedChunks);
    }
}
