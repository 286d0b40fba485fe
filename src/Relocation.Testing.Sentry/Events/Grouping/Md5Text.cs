using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing.Sentry.Events.Grouping;

/// <summary>The MD5 of texts one behind the other, without anything between them, as Sentry's hashes are made.</summary>
internal sealed class Md5Text
{
    private const int First = 512;

    private byte[] _bytes = new byte[First];
    private int _length;

    internal void Add(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_length + most > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + most));
        }

        _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
    }

    /// <summary>The hash as 32 hexadecimal digits, lower case. It begins anew then.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "Sentry's hashes are MD5; nothing is protected by them.")]
    internal string ToHex()
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(_bytes.AsSpan(0, _length), hash);
        _length = 0;
        return Convert.ToHexStringLower(hash);
    }
}
