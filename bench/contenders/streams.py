from bench.contender import Contender
class Streams(Contender):
    def __init__(self, delivery="exactly-once", archive=""): self.name="streams"+archive+delivery
