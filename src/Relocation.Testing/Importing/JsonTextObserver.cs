using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Sees what one model's fields of <see cref="FieldEncoding.JsonText"/> hold while a backup is indexed.</summary>
internal sealed class JsonTextObserver : RecordObserver
{
    private readonly ModelLabel _model;
    private readonly JsonTextEvidence _evidence;
    private readonly NameTable _names = new();
    private readonly NameGuess _guess;

    private JsonTextObserver(RelocationEntity entity, JsonTextEvidence evidence)
    {
        _model = entity.Label;
        _evidence = evidence;
        foreach (var name in entity.Fields.Where(field => field.Encoding == FieldEncoding.JsonText).SelectMany(field => field.AllNames))
        {
            _names.TryAdd(name, 0);
        }

        _guess = new NameGuess(_names.Count);
    }

    /// <summary>The observer of a model; null when it has no such field.</summary>
    internal static JsonTextObserver? For(RelocationEntity entity, JsonTextEvidence evidence) =>
        new JsonTextObserver(entity, evidence) is { _names.Count: > 0 } observer ? observer : null;

    /// <summary>An observer that sees the same records after another one, or alone where there is none.</summary>
    internal static RecordObserver? After(RecordObserver? other, RelocationEntity? entity, JsonTextEvidence evidence) =>
        ObserverChain.Of(other, entity is null ? null : For(entity, evidence));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Observe(int rank, ReadOnlySpan<byte> fields)
    {
        var reader = new FieldReader(fields);
        while (reader.Read())
        {
            if (reader.Kind < JsonToken.String || !_names.TryFind(reader.Name, reader.NameIsEscaped, _guess, out _))
            {
                continue;
            }

            if (reader.Kind != JsonToken.String)
            {
                _evidence.AddValue(_model, rank);
            }
            else if (HoldsJson(reader.Value, reader.ValueIsEscaped))
            {
                _evidence.AddInText(_model, rank);
            }
            else
            {
                _evidence.AddPlain(_model, rank);
            }
        }
    }

    /// <summary>Whether a text holds a JSON string, list or object. Numbers, booleans and null are in no text in older backups.</summary>
    private static bool HoldsJson(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        // Most texts of newer backups begin with a letter.
        if (raw.IsEmpty || raw[0] is not ((byte)'{' or (byte)'[' or (byte)'\\' or (byte)' '))
        {
            return false;
        }

        if (!isEscaped)
        {
            return IsContainerOrString(raw);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(raw.Length);
        var holds = IsContainerOrString(buffer.AsSpan(0, JsonText.Unescape(raw, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return holds;
    }

    private static bool IsContainerOrString(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            if (!reader.Read() || reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.String))
            {
                return false;
            }

            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
