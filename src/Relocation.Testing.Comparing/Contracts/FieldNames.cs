using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Comparing.Contracts;

/// <summary>
/// The names that one model's fields have in other backups: records are compared under the model's own, and what only one of them holds
/// though it is declared as dropped is left out.
/// </summary>
internal sealed class FieldNames
{
    private readonly List<(string[] From, string[] To)> _moves = [];
    private readonly List<string[]> _dropped;
    private readonly HashSet<string> _own;
    private readonly NameNode _former = new();

    private readonly int _maxDepth;

    private FieldNames(RelocationEntity entity, int maxDepth)
    {
        _maxDepth = maxDepth;
        _dropped = [.. entity.DroppedFields.Select(Parts)];
        _own = [.. OwnNames(entity, string.Empty)];
        var members = new List<(string From, string To)>();
        AddNames(entity, string.Empty, members);
        foreach (var (from, to) in members.Where(move => !_own.Contains(move.From)).Select(Shortened).Distinct().OrderBy(move => move.From.Count(letter => letter == '.')))
        {
            _moves.Add((Parts(from), Parts(to)));
            _former.Add(Parts(from), 0);
        }
    }

    /// <summary>The names of a model, or null when it has no others than its own.</summary>
    /// <param name="entity">The model, or null where it is not known.</param>
    /// <param name="maxDepth">How deep values may be nested.</param>
    internal static FieldNames? Of(RelocationEntity? entity, int maxDepth)
    {
        var names = entity is null ? null : new FieldNames(entity, maxDepth);
        return names is { _moves.Count: 0, _dropped.Count: 0 } ? null : names;
    }

    /// <summary>The fields under the model's own names; null when they already are.</summary>
    internal byte[]? Renamed(ReadOnlySpan<byte> fields)
    {
        if (!_former.IsIn(fields) || Read(fields) is not { } record)
        {
            return null;
        }

        foreach (var (from, to) in _moves)
        {
            Move(record, from, to, 0);
        }

        return Write(record);
    }

    /// <summary>The fields of one side without those declared as dropped that the other side does not hold; null when there are none.</summary>
    internal byte[]? WithoutDropped(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> others)
    {
        JsonObject? record = null;
        foreach (var path in _dropped)
        {
            if (!Holds(fields, path) || Holds(others, path))
            {
                continue;
            }

            record ??= Read(fields);
            if (record is null)
            {
                return null;
            }

            Take(record, path, out _);
        }

        return record is null ? null : Write(record);
    }

    private static string[] Parts(string path) => path.Split('.');

    private static string Joined(IEnumerable<string> parts) => string.Join('.', parts);

    private static IEnumerable<RelocationChild> ChildrenOf(RelocationEntity rows) =>
        rows.Children.Concat(rows.Types.SelectMany(type => type.Rows.Children)).DistinctBy(child => child.Name);

    /// <summary>All paths that a record of the model has by itself, those of objects included.</summary>
    private static IEnumerable<string> OwnNames(RelocationEntity rows, string prefix)
    {
        foreach (var parts in rows.Fields.Select(field => Parts(prefix + field.Name)))
        {
            for (var length = 1; length <= parts.Length; length++)
            {
                yield return Joined(parts[..length]);
            }
        }

        foreach (var child in ChildrenOf(rows))
        {
            yield return prefix + child.Name;
            foreach (var name in OwnNames(child.Rows, $"{prefix}{child.Name}."))
            {
                yield return name;
            }
        }
    }

    private static void AddNames(RelocationEntity rows, string prefix, List<(string From, string To)> names)
    {
        names.AddRange(rows.Fields.SelectMany(field => field.AllNames.Skip(1).Select(other => (prefix + other, prefix + field.Name))));
        foreach (var child in ChildrenOf(rows))
        {
            names.AddRange(child.Aliases.Select(other => (prefix + other, prefix + child.Name)));
            if (!child.HoldsKeys)
            {
                AddNames(child.Rows, $"{prefix}{child.Name}.", names);
            }
        }
    }

    /// <summary>Where an object as a whole has another name, it is the object that is renamed, which may be null.</summary>
    private (string From, string To) Shortened((string From, string To) move)
    {
        var (from, to) = (Parts(move.From), Parts(move.To));
        while (from.Length > 1 && to.Length > 1 && from[^1] == to[^1] && Joined(from[..^1]) != Joined(to[..^1]) && !_own.Contains(Joined(from[..^1])))
        {
            (from, to) = (from[..^1], to[..^1]);
        }

        return (Joined(from), Joined(to));
    }

    /// <summary>Moves a member; below a path that both share, in every object of lists.</summary>
    private void Move(JsonNode? node, string[] from, string[] to, int depth)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Move(item, from, to, depth);
            }
        }
        else if (node is JsonObject holder)
        {
            if (depth < from.Length - 1 && depth < to.Length - 1 && from[depth] == to[depth])
            {
                Move(holder[from[depth]], from, to, depth + 1);
            }
            else if (Find(holder, to.AsSpan(depth)) is null && Take(holder, from[depth..], out var value))
            {
                Put(holder, to.AsSpan(depth), value);
            }
        }
    }

    private static JsonNode? Find(JsonObject holder, ReadOnlySpan<string> path)
    {
        JsonNode? found = holder;
        foreach (var part in path)
        {
            found = found is JsonObject inner ? inner[part] : null;
        }

        return found;
    }

    private static void Put(JsonObject holder, ReadOnlySpan<string> path, JsonNode? value)
    {
        foreach (var part in path[..^1])
        {
            if (holder[part] is not JsonObject inner)
            {
                holder[part] = inner = [];
            }

            holder = inner;
        }

        holder[path[^1]] = value;
    }

    /// <summary>Takes a member out, and objects that hold nothing any more.</summary>
    private bool Take(JsonObject holder, string[] path, out JsonNode? value)
    {
        if (path.Length == 1)
        {
            return holder.Remove(path[0], out value);
        }

        value = null;
        if (holder[path[0]] is not JsonObject inner || !Take(inner, path[1..], out value))
        {
            return false;
        }

        if (inner.Count == 0 && !_own.Contains(path[0]))
        {
            holder.Remove(path[0]);
        }

        return true;
    }

    private static bool Holds(ReadOnlySpan<byte> json, ReadOnlySpan<string> path)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            if (JsonText.ToText(reader.Name) == path[0])
            {
                return path.Length == 1 || (reader.Kind == JsonToken.Object && Holds(reader.Value, path[1..]));
            }
        }

        return false;
    }

    /// <summary>The fields as nodes; null when a name occurs twice, so that no one can tell which value is meant.</summary>
    private JsonObject? Read(ReadOnlySpan<byte> fields)
    {
        try
        {
            var form = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = _maxDepth };
            return JsonNode.Parse(fields, documentOptions: form)!.AsObject();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Write(JsonObject record) => JsonSerializer.SerializeToUtf8Bytes<JsonNode>(record);

    /// <summary>Names of members that are former ones, or lead to such.</summary>
    private sealed class NameNode
    {
        private readonly NameTable _names = new();
        private readonly List<NameNode?> _inner = [];
        private NameGuess? _guess;

        internal void Add(string[] path, int depth)
        {
            var isLast = depth == path.Length - 1;
            if (_names.TryAdd(path[depth], _inner.Count))
            {
                _inner.Add(isLast ? null : new NameNode());
            }

            _names.TryFind(System.Text.Encoding.UTF8.GetBytes(path[depth]), false, new NameGuess(_names.Count), out var at);
            if (isLast)
            {
                _inner[at] = null;
            }

            _inner[at]?.Add(path, depth + 1);
        }

        /// <summary>Whether any former name is among an object's members.</summary>
        internal bool IsIn(ReadOnlySpan<byte> json)
        {
            if (_inner.Count == 0)
            {
                return false;
            }

            _guess ??= new NameGuess(_names.Count);
            var reader = new FieldReader(json);
            while (reader.Read())
            {
                if (_names.TryFind(reader.Name, reader.NameIsEscaped, _guess, out var at) && (_inner[at] is not { } inner || inner.IsIn(reader.Kind, reader.Value)))
                {
                    return true;
                }
            }

            return false;
        }

        private bool IsIn(JsonToken kind, ReadOnlySpan<byte> value)
        {
            if (kind == JsonToken.Object)
            {
                return IsIn(value);
            }

            var reader = new FieldReader(value);
            while (kind == JsonToken.Array && reader.ReadElement())
            {
                if (IsIn(reader.Kind, reader.Value))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
