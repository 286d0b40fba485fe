using System.IO.Compression;
using System.Text;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Bytes as a column of text keeps them: base64 of zlib.</summary>
internal static class EncodedText
{
    /// <summary>Encodes a document and adds the result to the documents.</summary>
    /// <param name="documents">The batch's documents.</param>
    /// <param name="document">One of them.</param>
    /// <param name="end">What follows it before it is encoded.</param>
    internal static DocumentRange Add(DocumentBuffer documents, DocumentRange document, ReadOnlySpan<byte> end) =>
        documents.Add(Encode(documents.Bytes(document), end));

    internal static byte[] Encode(ReadOnlySpan<byte> content, ReadOnlySpan<byte> end = default)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(content);
            zlib.Write(end);
        }

        return Encoding.ASCII.GetBytes(Convert.ToBase64String(compressed.GetBuffer().AsSpan(0, (int)compressed.Length)));
    }
}
