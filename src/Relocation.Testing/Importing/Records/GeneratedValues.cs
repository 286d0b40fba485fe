using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Relocation.Testing.Engines;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Records;

/// <summary>Makes the values that an import invents: from its seed and what they are for, so that every run makes the same.</summary>
internal sealed class GeneratedValues
{
    private const int GuidBytes = 16;
    private const int UsualInput = 256;

    private readonly long _seed;

    internal GeneratedValues(long seed, DateTimeOffset now)
    {
        _seed = seed;
        Now = now;
    }

    /// <summary>The moment of the import, or of its first attempt; one for all its records.</summary>
    internal DateTimeOffset Now { get; set; }

    /// <summary>The cell of a field that a record does not have.</summary>
    internal Cell DefaultOf(RelocationField field, ModelLabel model, RecordKey key, RowBatch batch) => field.Default!.Kind switch
    {
        FieldDefaultKind.Now => ValueReader.MustBe(field, ValueReader.MomentOf(field, Now + field.Default.Offset), batch),
        FieldDefaultKind.Token => ValueReader.MustBe(field, Token(field.Default.Length, model, field.Name, key), batch),
        FieldDefaultKind.Guid when field.Type == FieldType.Text =>
            ValueReader.MustBe(field, Guid(model, field.Name, key, 0).ToString(), batch),
        FieldDefaultKind.Guid => ValueReader.MustBe(field, Guid(model, field.Name, key, 0), batch),
        _ => ValueReader.Constant(field, batch),
    };

    private string Token(int length, ModelLabel model, string field, RecordKey key)
    {
        var token = new StringBuilder(length);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var part = 0; token.Length < length; part++)
        {
            token.Append(Convert.ToHexStringLower(Hash($"token {part}", model, field, key, hash)));
        }

        return token.ToString(0, length);
    }

    internal Guid Guid(ModelLabel model, string field, RecordKey key, int attempt)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var bytes = Hash(string.Create(CultureInfo.InvariantCulture, $"guid {attempt}"), model, field, key, hash)[..GuidBytes];

        // RFC 9562: version 8 is for values made by a scheme of one's own.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Hashes the seed and what a value is for.</summary>
    /// <param name="kind">What sort of value it is, and which one of several.</param>
    /// <param name="model">The model that it is for.</param>
    /// <param name="field">The field that it is for.</param>
    /// <param name="key">The record's key in the backup.</param>
    /// <param name="hash">Takes the hash, of <see cref="SHA256.HashSizeInBytes"/> bytes.</param>
    /// <returns>The hash.</returns>
    internal Span<byte> Hash(string kind, ModelLabel model, string field, RecordKey key, Span<byte> hash)
    {
        Span<byte> input = stackalloc byte[UsualInput];
        if (!Utf8.TryWrite(
            input[sizeof(long)..], CultureInfo.InvariantCulture, $"{kind}\n{model.Value}\n{field}\n{key}", out var length))
        {
            var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}\n{model.Value}\n{field}\n{key}"));
            input = new byte[sizeof(long) + text.Length];
            text.CopyTo(input[sizeof(long)..]);
            length = text.Length;
        }

        BinaryPrimitives.WriteInt64BigEndian(input, _seed);
        SHA256.HashData(input[..(sizeof(long) + length)], hash);
        return hash[..SHA256.HashSizeInBytes];
    }
}
