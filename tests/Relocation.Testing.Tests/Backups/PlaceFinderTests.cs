using System.Text;
using CsCheck;
using Relocation.Testing.Backups;
using Xunit;

namespace Relocation.Testing.Tests.Backups;

public sealed class PlaceFinderTests
{
    [Fact]
    public async Task Places_are_those_that_counting_lines_gives() =>
        await Gen.Select(Gen.OneOf("é", "x", "\n", "\r\n", "\n\n", new string('y', 40_000)).Array[0, 30], Gen.Int[0, 1_000_000].Array[0, 10])
            .SampleAsync(async sample =>
            {
                var utf8 = Encoding.UTF8.GetBytes(string.Concat(sample.Item1));
                var offsets = sample.Item2.Select(offset => offset % (utf8.Length + 1)).ToList();
                await using var content = await BackupContent.OpenAsync(Backup.FromUtf8(utf8), CancellationToken.None);

                var places = await PlaceFinder.FindAsync(
                    content, [.. offsets.Select(offset => new PlaceRequest(offset, $"/{offset}", null, null))], CancellationToken.None);

                Assert.Equal(
                    offsets.Select(offset => (
                        utf8.AsSpan(0, offset).Count((byte)'\n') + 1L, offset - utf8.AsSpan(0, offset).LastIndexOf((byte)'\n') + 0L, $"/{offset}")),
                    places.Select(place => (place.Line, place.Column, place.Pointer)));
            });
}
