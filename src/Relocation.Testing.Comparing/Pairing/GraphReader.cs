using System.Text.Json;
using Relocation.Testing.Backups;
using Relocation.Testing.Comparing.Contracts;
using Relocation.Testing.Comparing.Values;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Comparing.Pairing;

/// <summary>Reads one side's records into a graph.</summary>
internal sealed class GraphReader(ComparedSide side, ComparedModels models, ComparisonOptions options)
{
    private const int ScatteredBlockSize = 8 * 1024;

    private readonly SideGraph _graph = new(side);
    private readonly SideLinks _links = new(models.Folds);
    private readonly List<ScrubbedField> _scrubbed = [];

    /// <summary>Reads the whole side.</summary>
    internal async Task<SideGraph> ReadAsync(CancellationToken cancellationToken)
    {
        var cursor = new RecordCursor(side.Content, options.Limits);
        await using var lease = cursor.ConfigureAwait(false);
        foreach (var run in side.Index.Runs)
        {
            var records = side.Index.Find(run.Label)!;
            var model = models[records.Label];
            await cursor.SeekAsync(run, cancellationToken).ConfigureAwait(false);
            while (await cursor.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                Add(model, records, cursor.Rank, Record(model, records, cursor.Rank, cursor.Fields));
            }
        }

        _graph.Complete();
        return _graph;
    }

    /// <summary>What each member of some records holds, its name included; references are left out.</summary>
    internal async Task<ulong[][]> ReadMembersAsync(ModelLabel label, IReadOnlyList<int> ranks, CancellationToken cancellationToken)
    {
        var reader = new PlacedReader(side.Content, options.Limits, ScatteredBlockSize);
        await using var lease = reader.ConfigureAwait(false);
        var (records, model) = (side.Index.Find(label)!, models[label]);
        var read = new ulong[ranks.Count][];
        for (var at = 0; at < ranks.Count; at++)
        {
            await reader.MoveToAsync(records, ranks[at], cancellationToken).ConfigureAwait(false);
            var record = Record(model, records, ranks[at], reader.Fields);
            read[at] = [.. record.Fields.EnumerateObject().Select(member => MemberOf(model, member)).Where(member => member != 0)];
            record.Release();
        }

        return read;
    }

    /// <summary>A record's fields with the lists of links that stand elsewhere on this side, or null to take them as they are.</summary>
    internal byte[]? Rewritten(ModelLabel model, int rank, ReadOnlySpan<byte> fields) =>
        models.Folds.Count == 0 ? null : _links.Rewritten(model, _graph.BaseOf(model) + rank, fields, options.Limits.MaxDepth);

    private static ulong MemberOf(ComparedModel model, JsonProperty member)
    {
        // What most records hold tells nothing, and null is held by most.
        var isTold = member.Value.ValueKind != JsonValueKind.Null;
        var form = CanonicalValue.Form(writer =>
        {
            writer.WriteStartObject();
            isTold &= model.TryWriteMember(writer, member);
            writer.WriteEndObject();
        });
        return isTold ? Hash.Of(form.Span) : 0;
    }

    private ComparedRecord Record(ComparedModel model, ModelRecords records, int rank, ReadOnlySpan<byte> fields)
    {
        var renamed = model.Names?.Renamed(fields);
        var own = model.Names?.WithoutDropped(renamed ?? fields, "{}"u8) ?? renamed ?? fields.ToArray();
        return new ComparedRecord(records.Label, rank + 1, records.Keys[rank], own, options.Limits.MaxDepth, _scrubbed);
    }

    private void Add(ComparedModel model, ModelRecords records, int rank, ComparedRecord record)
    {
        var node = _graph.BaseOf(records.Label) + rank;
        if (_links.OfJoin(records.Label) is { } join && TryLink(join, record))
        {
            _graph.IsLeftOut[node] = true;
            record.Release();
            return;
        }

        var content = Hash.Of(CanonicalValue.Form(writer => model.WriteContent(writer, record)).Span);
        foreach (var reference in model.ReferencesOf(record))
        {
            content = _links.Of(records.Label, reference.Path) is { } fold
                ? Link(content, fold, node, record, reference)
                : Refer(content, node, reference);
        }

        if (model.HasNaturalKeys)
        {
            content = AddKey(model, records, rank, node, record.Pk, content);
        }

        if (model.Sets.Count > 0)
        {
            AddSets(model, records, rank, record);
        }

        _graph.Contents[node] = Hash.Mix(Hash.Of(records.Label.Value), content);
        _graph.IsLeftOut[node] = side.OrderOf(records.Label)!.IsReplaced(rank);
        record.Release();
    }

    /// <summary>Notes a reference; one that leads out of the backup is part of what the record holds.</summary>
    private ulong Refer(ulong content, int node, FoundReference reference)
    {
        var target = reference.Key is { } key ? _graph.NodeOf(reference.Target, key) : -1;
        if (target < 0 && reference is { OneOf: { } others, Key: { } own } && others.Any(model => _graph.NodeOf(model, own) >= 0))
        {
            // It leads to a record of another model, which is a reference of its own.
            return content;
        }

        if (target < 0)
        {
            return content + Hash.Mix(Hash.Of(reference.Path), Hash.Of(reference.Written));
        }

        _graph.Add(node, models.PathOf(reference.Path), target);
        return content;
    }

    /// <summary>Notes what a record of a join table links, where both ends are there.</summary>
    private bool TryLink(LinkFold fold, ComparedRecord record)
    {
        if (EndOf(fold, fold.OwnerField, record) is not { } owner || EndOf(fold, fold.TargetField, record) is not { } target
            || _graph.NodeOf(fold.Owner, owner) is var from && from < 0 || _graph.NodeOf(fold.Target, target) is var to && to < 0)
        {
            return false;
        }

        _links.Add(fold, from, SideLinks.Json(target));
        _graph.Add(from, models.PathOf(fold.Member), to);
        return true;
    }

    private static RecordKey? EndOf(LinkFold fold, string field, ComparedRecord record)
    {
        if (fold.Join.PositionInKey(field) is >= 0 and var part)
        {
            return part < record.Pk.PartCount ? record.Pk.Part(part) : null;
        }

        foreach (var name in fold.Join.FindField(field)!.AllNames)
        {
            if (record.TryGetField(name, out var value))
            {
                return ForeignKeyComparator.KeyOf(value);
            }
        }

        return null;
    }

    /// <summary>Notes a link that a list at either end holds.</summary>
    private ulong Link(ulong content, LinkFold fold, int node, ComparedRecord record, FoundReference reference)
    {
        var other = reference.Key is { } key ? _graph.NodeOf(reference.Target, key) : -1;
        if (record.Model == fold.Owner && reference.Path == fold.Member)
        {
            _links.Add(fold, node, reference.Written);
            return Refer(content, node, reference);
        }

        if (other < 0)
        {
            return content + Hash.Mix(Hash.Of(reference.Path), Hash.Of(reference.Written));
        }

        _links.Add(fold, other, SideLinks.Json(record.Pk));
        _graph.Add(other, models.PathOf(fold.Member), node);
        return content;
    }

    private ulong AddKey(ComparedModel model, ModelRecords records, int rank, int node, RecordKey pk, ulong content)
    {
        var key = model.OwnPartsOf(pk).Aggregate(0UL, (hash, part) => Hash.Mix(hash, Hash.Of(part.ToString())));
        foreach (var reference in model.ReferencesOf(pk))
        {
            key = Refer(key, node, reference);
        }

        if (!_graph.Keys.TryGetValue(records.Label, out var keys))
        {
            _graph.Keys.Add(records.Label, keys = new ulong[records.Count]);
        }

        keys[rank] = key;
        return Hash.Mix(content, key);
    }

    private void AddSets(ComparedModel model, ModelRecords records, int rank, ComparedRecord record)
    {
        if (!_graph.Sets.TryGetValue(records.Label, out var sets))
        {
            _graph.Sets.Add(records.Label, sets = [.. model.Sets.Select(_ => new ulong[records.Count])]);
        }

        for (var at = 0; at < sets.Length; at++)
        {
            sets[at][rank] = SetOf(model, model.Sets[at], record);
        }
    }

    /// <summary>The values of a set's fields that are no references; 0 where one is missing.</summary>
    private static ulong SetOf(ComparedModel model, IReadOnlyList<string> fields, ComparedRecord record)
    {
        if (ReferenceEquals(fields, model.Rule?.Fields) && model.Rule.UnlessSet.Any(field => record.TryGetField(field, out _)))
        {
            return 0;
        }

        var hash = 1UL;
        foreach (var field in fields)
        {
            if (!record.TryGetField(field, out var value))
            {
                return 0;
            }

            if (!model.ReferenceFields.Contains(field))
            {
                hash = Hash.Mix(hash, Hash.Of(CanonicalValue.Form(writer => CanonicalValue.Write(writer, value, model.Entity?.FindField(field))).Span));
            }
        }

        return hash;
    }
}
