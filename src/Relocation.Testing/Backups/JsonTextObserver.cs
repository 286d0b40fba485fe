using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Backups;

/// <summary>Sees what one model's fields of <see cref="FieldEncoding.JsonText"/> hold while a backup is indexed.</summary>
internal sealed class JsonTextObserver : RecordObserver
{
    private readonly ModelLabel _model;
    private readonly JsonTextEvidence _evidence;
    private readonly NameTable _names = new();
    private readonly NameGuess _guess;

    private JsonTextObserver(ModelLabel model, IReadOnlyList<string> fields, JsonTextEvidence evidence)
    {
        _model = model;
        _evidence = evidence;
        foreach (var name in fields)
        {
            _names.TryAdd(name, 0);
        }

        _guess = new NameGuess(_names.Count);
    }

    /// <summary>An observer that sees the same records after another one, or alone where there is none.</summary>
    internal static RecordObserver? After(RecordObserver? other, ModelLabel model, IReadOnlyList<string>? fields, JsonTextEvidence evidence) =>
        ObserverChain.Of(other, For(model, fields, evidence));

    /// <summary>An observer of a model's records; null when it has no such fields.</summary>
    /// <param name="model">The model.</param>
    /// <param name="fields">The names of its fields that hold JSON in a string.</param>
    /// <param name="evidence">What is seen.</param>
    internal static JsonTextObserver? For(ModelLabel model, IReadOnlyList<string>? fields, JsonTextEvidence evidence) =>
        fields is null or [] ? null : new JsonTextObserver(model, fields, evidence);

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
