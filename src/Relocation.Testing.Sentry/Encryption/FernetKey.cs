using System.Buffers.Text;
using System.Security.Cryptography;

namespace Relocation.Testing.Sentry.Encryption;

/// <summary>The two keys that a Fernet key is: one signs, one encrypts.</summary>
internal sealed class FernetKey
{
    internal const int KeyLength = 16;
    private const int TextLength = 44;

    private readonly byte[] _keys;

    private FernetKey(byte[] keys) => _keys = keys;

    internal ReadOnlySpan<byte> Signing => _keys.AsSpan(0, KeyLength);

    internal ReadOnlySpan<byte> Encryption => _keys.AsSpan(KeyLength);

    internal static FernetKey Create() => new(RandomNumberGenerator.GetBytes(2 * KeyLength));

    /// <exception cref="EncryptionException">The text is no Fernet key.</exception>
    internal static FernetKey Parse(ReadOnlySpan<byte> text)
    {
        var keys = new byte[2 * KeyLength];
        return text.Length == TextLength && Base64Url.TryDecodeFromUtf8(text, keys, out var length) && length == keys.Length
            ? new FernetKey(keys)
            : throw EncryptionErrors.DataKeyDamaged(null);
    }

    /// <summary>The 44 letters, with padding.</summary>
    internal byte[] ToText()
    {
        var text = new byte[TextLength];
        text.AsSpan(Base64Url.EncodeToUtf8(_keys, text)).Fill((byte)'=');
        return text;
    }

    internal Aes CreateAes()
    {
        var aes = Aes.Create();
        aes.SetKey(Encryption);
        return aes;
    }
}
