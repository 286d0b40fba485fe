using System.Text;
using CsCheck;
using Relocation.Testing.Schemas;
using Xunit;

namespace Relocation.Testing.Tests.Databases;

public sealed class SchemaNamesTests
{
    private static readonly Gen<string> Names = Gen.OneOf(Gen.Char['a', 'f'], Gen.Char['ä', 'ö'], Gen.Char['一', '丁']).Array[0, 90]
        .Select(characters => new string(characters));

    [Fact]
    public void Fitted_name_is_short_enough_and_begins_as_the_name_does() => Names.Sample(name =>
    {
        var fitted = SchemaNames.Fitted(name);
        var isShort = Encoding.UTF8.GetByteCount(name) <= SchemaNames.MostBytes;

        Assert.InRange(Encoding.UTF8.GetByteCount(fitted), 0, SchemaNames.MostBytes);
        Assert.Equal(isShort, fitted == name);
        Assert.StartsWith(isShort ? name : fitted[..^9], name, StringComparison.Ordinal);
        Assert.Equal(fitted, SchemaNames.Fitted(name));
    });

    [Fact]
    public void Fitted_names_differ_when_the_names_differ_at_the_end_only() => Names.Sample(name =>
        Assert.NotEqual(SchemaNames.Fitted(name + "1"), SchemaNames.Fitted(name + "2")));
}
