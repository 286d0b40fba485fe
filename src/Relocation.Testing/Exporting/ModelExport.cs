using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Values;

namespace Relocation.Testing.Exporting;

/// <summary>Exports the records of one model.</summary>
internal sealed class ModelExport
{
    private readonly RelocationEntity _entity;
    private readonly ExportRun _run;
    private readonly ReferenceSettlement _references;
    private readonly List<Func<SelectedRecord, string?>> _rules = [];
    private readonly Dictionary<string, long> _leftOut = [];
    private readonly Dictionary<(ModelLabel Model, string Reason), long> _leftOutElements = [];
    private readonly JsonEncodedText _label;
    private readonly RecordFilter? _filter;
    private readonly bool _hasRecordScopes;
    private long _rows;
    private long _exported;
    private long _outOfScope;

    internal ModelExport(RelocationEntity entity, ExportRun run, ReferenceSettlement references)
    {
        _entity = entity;
        _run = run;
        _references = references;
        _label = JsonEncodedText.Encode(entity.Label.Value, JsonCopy.Encoder);
        _filter = run.Options.Models.GetValueOrDefault(entity.Label)?.Filter;
        _hasRecordScopes = NeededReferences.DependOnScopes(entity, run.Options.Scope);
    }

    internal ExportedModel Counts(bool isFromCheckpoint) => new()
    {
        Model = _entity.Label,
        Rows = _rows,
        Exported = _exported,
        OutOfScope = _outOfScope,
        LeftOut = _leftOut.Values.Sum(),
        IsFromCheckpoint = isFromCheckpoint,
    };

    internal IEnumerable<FilteredRecords> LeftOut() => _leftOut.Select(count => new FilteredRecords(_entity.Label, count.Key, count.Value));

    internal IEnumerable<FilteredRecords> LeftOutElements() =>
        _leftOutElements.Select(count => new FilteredRecords(count.Key.Model, count.Key.Reason, count.Value));

    /// <summary>Exports the rows of the database.</summary>
    /// <param name="transaction">What reads.</param>
    /// <param name="session">The export as rules see it.</param>
    /// <param name="output">What writes, or null to find out only what would be written.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    internal async Task RunAsync(ExportTransaction transaction, ExportSession session, RecordOutput? output, CancellationToken cancellationToken)
    {
        foreach (var rule in _run.Options.Rules.Where(rule => rule.Models.Contains(_entity.Label)))
        {
            if (await rule.BeginAsync(session, _entity.Label, cancellationToken).ConfigureAwait(false) is { } decides)
            {
                _rules.Add(decides);
            }
        }

        var sources = new List<RowSource>();
        try
        {
            foreach (var group in _run.GroupsOf(_entity, transaction))
            {
                sources.Add(await RowSource.OpenAsync(group, _entity, transaction, _references, withChildren: output is not null, cancellationToken).ConfigureAwait(false));
            }

            while (First(sources) is { } source)
            {
                _rows++;
                if (Takes(source))
                {
                    await ExportAsync(source, output, cancellationToken).ConfigureAwait(false);
                }

                await source.Stream.MoveAsync(cancellationToken).ConfigureAwait(false);
            }

            foreach (var (child, reason, count) in sources.SelectMany(source => source.Children.LeftOut()))
            {
                var place = (child.Layout.Rows.Entity.Label, reason);
                _leftOutElements[place] = _leftOutElements.GetValueOrDefault(place) + count;
            }
        }
        finally
        {
            foreach (var source in sources)
            {
                await source.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes the records of a checkpoint as they are.</summary>
    internal async Task CopyAsync(CheckpointRecords records, RecordOutput output, CancellationToken cancellationToken)
    {
        await foreach (var record in records.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            _rows++;
            _exported++;
            CheckpointRecords.Note(record, _entity, _references.NotedOf(_entity, _run.Layouts.Of(_entity)[0]));
            record.WriteTo(output.Writer);
            await output.NextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The source whose current row has the smallest key, or null at the end of all.</summary>
    private static RowSource? First(List<RowSource> sources)
    {
        if (sources.Count == 1)
        {
            return sources[0].Stream.HasRow ? sources[0] : null;
        }

        RowSource? first = null;
        foreach (var source in sources.Where(source => source.Stream.HasRow))
        {
            if (first is null || CellOrder.Compare(source.Stream, source.Group.Key, first.Stream, first.Group.Key) < 0)
            {
                first = source;
            }
        }

        return first;
    }

    private bool Takes(RowSource source)
    {
        if (source.Group.ShapeOf(source.Stream) is not { } shape)
        {
            return LeaveOut("its type is none of the model's");
        }

        source.Row.Shape = shape;
        if (_hasRecordScopes && !_run.Options.Scope.Takes(_run.ScopeOf(_entity, source)))
        {
            _outOfScope++;
            return false;
        }

        source.Row.Reason = null;
        if (_filter is not null && !_filter.Takes(source.Record))
        {
            return LeaveOut(source.Row.Reason ?? $"filter on {_filter.Name}");
        }

        foreach (var rule in _rules)
        {
            if ((rule(source.Record) ?? source.Row.Reason) is { } reason)
            {
                return LeaveOut(reason);
            }
        }

        return source.ChecksOf(shape).Unresolved(source.Stream) is not { } unresolved || LeaveOut(unresolved);
    }

    private bool LeaveOut(string reason)
    {
        _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + 1;
        return false;
    }

    private async ValueTask ExportAsync(RowSource source, RecordOutput? output, CancellationToken cancellationToken)
    {
        var shape = source.Row.Shape;
        source.NoteKeys(shape);
        if (_entity.ScopeRule is not null)
        {
            _run.NoteScope(_entity, source);
        }

        _exported++;
        if (output is null)
        {
            return;
        }

        try
        {
            output.BeginRecord(_label);
            shape.WriteKey(output.Writer, source.Stream);
            output.BeginFields();
            if (source.Group.Children.Count > 0)
            {
                await source.Children.AlignAsync(source.Stream, source.Group.Key, cancellationToken).ConfigureAwait(false);
            }

            await shape.Members.WriteAsync(source.Stream, source.Children, output.Writer, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException exception)
        {
            throw ExportErrors.RecordUnwritable(_entity.Label, source.Record.Key, exception.Message, exception);
        }

        await output.EndRecordAsync(cancellationToken).ConfigureAwait(false);
        _run.Report(_entity.Label);
    }
}
