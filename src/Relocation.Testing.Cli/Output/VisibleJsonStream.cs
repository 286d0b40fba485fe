using System.Text;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Cli.Output;

/// <summary>Takes JSON and hands it on with all that a reader would not see as escapes, which .NET's encoders leave as it is.</summary>
internal sealed class VisibleJsonStream(Stream inner) : WriteOnlyStream
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var text = new char[_decoder.GetCharCount(buffer, flush: false)];
        var length = _decoder.GetChars(buffer, text, flush: false);
        inner.Write(Encoding.UTF8.GetBytes(ShownText.Json(new string(text, 0, length))));
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => inner.Flush();
}
