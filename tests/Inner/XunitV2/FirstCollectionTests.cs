namespace Relocation.Testing.Inner.XunitV2;

[Collection(SharedTags.Name)]
public sealed class FirstCollectionTests(TagDatabase database) : CollectionTests(database);
