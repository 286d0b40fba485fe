namespace Relocation.Testing.Inner.XunitV2;

[CollectionDefinition(Name)]
public sealed class SharedTags : ICollectionFixture<TagDatabase>
{
    internal const string Name = "tags";
}
